{
    "name": "Incom CRM: Deliveries",
    "summary": "Deliveries and what is forecast of them, seen by those who see the customer's orders",
    "version": "19.0.1.0.0",
    "author": "incom_crm maintainers",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["incom_crm", "sale_stock"],
    "data": ["security/isolation_rules.xml"],
    "auto_install": True,
}
