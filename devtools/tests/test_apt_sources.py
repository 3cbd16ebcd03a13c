"""The machine's apt sources are read in both formats that apt knows."""

from devtools.apt import parse_print_uris
from devtools.apt_sources import is_debian, machine_sources, parse_deb822, parse_one_line
from devtools.postgres import is_server_part, status_without

ONE_LINE = """\
# deb http://mirror.example/debian bookworm main
deb http://mirror.example/debian bookworm main contrib # local mirror
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] https://other.example/x stable main
deb cdrom:[Debian 12]/ bookworm main
"""
DEB822 = """\
Types: deb deb-src
# a comment inside
URIs: http://one.example/debian
 http://two.example/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Enabled: no
Types: deb
URIs: http://three.example/debian
Suites: trixie
Components: main

Types: deb
URIs: http://four.example/debian
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 -----END PGP PUBLIC KEY BLOCK-----
"""


def test_one_line_entries():
    sources = list(parse_one_line(ONE_LINE))
    assert [source.uri for source in sources][:2] == [
        "http://mirror.example/debian",
        "https://other.example/x",
    ]
    assert sources[0].components == ("main", "contrib")
    assert sources[1].signed_by == "/usr/share/keyrings/k.gpg"
    assert [is_debian(source) for source in sources] == [True, True, False]


def test_deb822_entries():
    sources = list(parse_deb822(DEB822))
    assert [source.uri.split("/")[2] for source in sources] == [
        "one.example",
        "two.example",
        "four.example",
    ]
    assert sources[0].suites == ("trixie", "trixie-updates")
    assert sources[2].signed_by == ""


def test_third_party_suites_are_no_debian():
    lines = "deb http://a.example/x jammy main\ndeb http://a.example/x nodistro main\n"
    assert not any(map(is_debian, parse_one_line(lines)))


def test_machine_sources_reads_every_file(tmp_path):
    parts = tmp_path / "sources.list.d"
    parts.mkdir()
    (tmp_path / "sources.list").write_text("deb http://a.example/debian bookworm main\n")
    (parts / "b.list").write_text("deb http://b.example/debian sid main\n")
    (parts / "c.sources").write_text(DEB822)
    (parts / "d.list.disabled").write_text("deb http://d.example/debian sid main\n")
    hosts = [source.uri.split("/")[2] for source in machine_sources(tmp_path)]
    assert hosts == ["a.example", "b.example", "one.example", "two.example", "four.example"]


def test_uris_give_exact_versions():
    said = (
        "'http://m.example/pool/libpq5_15.8-0+deb12u1_amd64.deb' "
        "libpq5_15.8-0+deb12u1_amd64.deb 190000 SHA256:00\n"
        "'http://m.example/pool/x.deb' libicu72_2%3a72.1-3_amd64.deb 9000 SHA256:00\n"
    )
    assert parse_print_uris(said) == ["libpq5=15.8-0+deb12u1", "libicu72=2:72.1-3"]


def test_server_packages():
    names = ["postgresql-15=1", "postgresql-client-15=1", "libpq5=1", "libjson-perl=1"]
    names += ["postgresql-client-common=1", "perl=1", "ssl-cert=1"]
    kept = [name for name in names if is_server_part(name)]
    assert kept == ["postgresql-15=1", "postgresql-client-15=1", "libpq5=1"]


def test_status_without_postgresql():
    status = "Package: libc6\nStatus: ok\n\nPackage: libpq5\nStatus: ok\n\nPackage: zsh\n"
    assert "libpq5" not in status_without(status)
    assert "libc6" in status_without(status)
    assert "zsh" in status_without(status)
