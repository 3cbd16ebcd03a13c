{
    "name": "Incom CRM: Letters",
    "summary": "Letters by post, seen by those who see the customer",
    "version": "19.0.1.0.0",
    "author": "incom_crm maintainers",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["incom_crm", "snailmail"],
    "data": ["security/isolation_rules.xml"],
    "auto_install": True,
}
