/** Pages as the server sends them, for the tests of the cockpit. */

function tile(label, count, values = {}) {
    return {
        label,
        count,
        amount: null,
        previous: null,
        tone: "",
        help: "",
        domain: [["name", "=", label]],
        res_model: "customer",
        name: label,
        ...values,
    };
}

function cell(name, count) {
    return { name, count, domain: [["name", "=", name]], res_model: "customer" };
}

function matrixRow(key, label, counts) {
    const [total, ...cells] = counts;
    return {
        key,
        label,
        total: cell(`${label}`, total),
        cells: cells.map((count, index) => cell(`${label} ${index + 1}`, count)),
    };
}

export function worklistRow(values = {}) {
    return {
        partner_id: 7,
        name: "Customer A",
        level: "Regular",
        cycle: "1 month",
        alert: "missed",
        alert_label: "Missed",
        reason: "Silent for 20 days",
        explanation: "5 purchases, every 29 days",
        priority: 45_000_000,
        usual: 38_000_000,
        late_text: "9 days late, of 29",
        last_text: "Waits for the new price",
        last_date: "2026-11-04 03:00:00",
        overdue: 12_000_000,
        unsigned: 0,
        phone: "0903 111 222",
        email: "buyer@example.com",
        zalo: "0903 111 222",
        snoozed_until: false,
        activity_id: false,
        ...values,
    };
}

function frame(role, userId) {
    return {
        role,
        roles: [{ key: role, label: "My Day" }],
        user: { id: userId, name: "Mitchell Admin" },
        people: [{ id: userId, name: "Mitchell Admin", depth: 0 }],
        period: { code: "month", from: "2026-11-01", to: "2026-11-24", label: "This month" },
        periods: [
            { code: "today", label: "Today" },
            { code: "month", label: "This month" },
        ],
        currency_id: 1,
        today: "2026-11-24",
    };
}

export function salespersonPage(userId, values = {}) {
    return {
        ...frame("salesperson", userId),
        sections: [
            { key: "must_do", title: "Must do", minutes: 3, tiles: ["overdue_work"] },
            { key: "money", title: "Money", minutes: 3, tiles: ["overdue"] },
            { key: "customers", title: "Customers", minutes: 6, tiles: ["neglected", "all"] },
            { key: "close", title: "Close the day", minutes: 3, tiles: [] },
        ],
        tiles: {
            overdue_work: tile("Overdue work", 4, { tone: "danger", previous: 1 }),
            overdue: tile("Overdue", 5, { amount: 92_000_000 }),
            neglected: tile("Neglected", 0, { tone: "danger", previous: 2 }),
            all: tile("All", 1234),
        },
        matrix: {
            columns: [
                { id: 1, name: "Potential" },
                { id: 2, name: "Regular" },
            ],
            rows: [
                matrixRow("cared", "Cared for", [52, 12, 40]),
                matrixRow("not_cared", "Not cared for", [94, 88, 6]),
                matrixRow("all", "All", [146, 100, 46]),
            ],
        },
        worklist: { total: 40, rows: [worklistRow()], more: cell("To do", 40) },
        figures: { calls: 6, calls_answered: 4, orders: 1, order_amount: 38_000_000, note: "" },
        ...values,
    };
}

export function leaderPage(userId, values = {}) {
    const person = (id, name, cells) => ({ user: { id, name }, cells });
    return {
        ...frame("leader", userId),
        roles: [
            { key: "leader", label: "My Team" },
            { key: "salesperson", label: "My Day" },
        ],
        people: [
            { id: userId, name: "Mitchell Admin", depth: 0 },
            { id: 21, name: "Anh", depth: 1 },
        ],
        sections: [],
        tiles: {},
        grid: {
            columns: [
                { key: "days", label: "Days", kind: "dots" },
                { key: "cared", label: "Cared", kind: "share" },
                { key: "unsigned", label: "Unsigned", kind: "amount" },
                { key: "meetings", label: "Opportunity meetings", kind: "band" },
                { key: "help", label: "Help", kind: "flag" },
            ],
            rows: [
                person(21, "Anh", {
                    days: { dots: [true, true, false] },
                    cared: { ...cell("Cared by Anh", 41), value: 0.53 },
                    unsigned: { ...cell("Unsigned by Anh", 7), value: 215_000_000 },
                    meetings: { ...cell("Meetings of Anh", 9), value: 0.18, tone: "danger" },
                    help: { ...cell("Help for Anh", 1), value: 1, tone: "danger" },
                }),
            ],
            total: { cared: { ...cell("Cared by all", 41), value: 0.53 } },
        },
        charts: [
            {
                key: "orders",
                title: "Orders by week",
                kind: "bar",
                labels: ["W1", "W2"],
                series: [{ label: "Orders", values: [3, 5], tone: "info" }],
                domains: [[["name", "=", "W1"]], [["name", "=", "W2"]]],
                res_model: "customer",
            },
        ],
        ...values,
    };
}
