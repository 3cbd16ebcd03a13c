{
    "name": "Incom CRM",
    "summary": "Approach levels, purchase cycles and care status of every customer, worked out by the system",
    "version": "19.0.1.0.0",
    "author": "incom_crm maintainers",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "depends": ["contacts", "sale_crm"],
    "data": [
        "security/res_groups.xml",
        "security/ir.model.access.csv",
        "data/incom_approach_level_data.xml",
        "data/incom_purchase_cycle_data.xml",
        "data/incom_company_size_data.xml",
        "data/incom_care_policy_data.xml",
        "data/incom_meeting_type_data.xml",
    ],
    "application": True,
}
