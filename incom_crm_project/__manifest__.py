{
    "name": "Incom CRM: Projects",
    "summary": "Projects and tasks of customers, seen by those who see the customer or work on them",
    "version": "19.0.1.0.0",
    "author": "incom_crm maintainers",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["incom_crm", "project"],
    "data": ["security/isolation_rules.xml"],
    "auto_install": True,
}
