from . import collection_report, meeting_report, work_report
