from . import incom_isolation, project_task
