"""Run one SQL statement with the environment's psycopg2 and print its rows as JSON.

A program of its own, as the tooling itself runs without third-party packages and a
machine may have no psql.
"""

import json
import sys


def main(database, statement):
    """Execute outside a transaction, as CREATE DATABASE asks for."""
    import psycopg2

    connection = psycopg2.connect(dbname=database)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    json.dump(rows, sys.stdout, default=str)


if __name__ == "__main__":
    main(*sys.argv[1:])
