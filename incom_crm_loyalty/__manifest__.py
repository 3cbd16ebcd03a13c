{
    "name": "Incom CRM: Loyalty Cards",
    "summary": "Loyalty cards and coupons, seen by those who see the customer",
    "version": "19.0.1.0.0",
    "author": "incom_crm maintainers",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["incom_crm", "sale_loyalty"],
    "data": ["security/isolation_rules.xml"],
    "auto_install": True,
}
