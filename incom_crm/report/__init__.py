from . import meeting_report
