{
    "name": "Incom CRM: Employees",
    "summary": "The superiors of the personnel files as a proposal for who sees whose customers",
    "version": "19.0.1.0.0",
    "author": "incom_crm maintainers",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["incom_crm", "hr"],
    "auto_install": True,
}
