{
    "name": "Incom CRM: Mailings",
    "summary": "Mailings reach the customers their sender sees, and nobody else's",
    "version": "19.0.1.0.0",
    "author": "incom_crm maintainers",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["incom_crm", "mass_mailing"],
    "data": ["security/res_groups.xml", "security/isolation_rules.xml"],
    "auto_install": True,
}
