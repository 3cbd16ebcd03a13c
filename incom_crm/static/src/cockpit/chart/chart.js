import { loadBundle } from "@web/core/assets";
import { formatFloat } from "@web/views/fields/formatters";

import { Component, onMounted, onPatched, onWillUnmount, status, useRef } from "@odoo/owl";

// Series without a meaning of their own take these in turn.
const NEUTRAL_TONES = ["primary", "info", "muted"];

/** Bars or a line, each of them a way to its list; the same numbers as a table below. */
export class CockpitChart extends Component {
    static template = "incom_crm.CockpitChart";
    static props = { chart: Object, onOpen: Function };

    setup() {
        this.canvas = useRef("canvas");
        // not awaited before the page stands: the numbers need no drawing
        onMounted(() => this.load());
        onPatched(() => this.draw());
        onWillUnmount(() => this.drawn?.destroy());
    }

    async load() {
        await loadBundle("web.chartjs_lib");
        if (status(this) === "mounted") {
            this.draw();
        }
    }

    get lines() {
        const { labels, series } = this.props.chart;
        return labels.map((label, index) => ({
            label,
            index,
            values: series.map(({ values }) =>
                formatFloat(values[index] || 0, { digits: [16, 0] })
            ),
        }));
    }

    get isEmpty() {
        const { labels, series } = this.props.chart;
        return !labels.length || series.every(({ values }) => values.every((value) => !value));
    }

    openAt(index) {
        const { chart, onOpen } = this.props;
        if (chart.domains?.[index]) {
            onOpen({
                name: `${chart.title}: ${chart.labels[index]}`,
                res_model: chart.res_model,
                domain: chart.domains[index],
            });
        }
    }

    draw() {
        this.drawn?.destroy();
        if (this.canvas.el && window.Chart) {
            this.drawn = new Chart(this.canvas.el, this.config);
        }
    }

    get config() {
        const { kind, labels, series } = this.props.chart;
        const style = getComputedStyle(this.canvas.el);
        const color = (name) => style.getPropertyValue(`--o-incom-${name}`).trim();
        const ticks = { color: color("text"), precision: 0 };
        return {
            type: kind,
            data: {
                labels,
                datasets: series.map(({ label, values, tone }, index) => {
                    const shade = color(tone || NEUTRAL_TONES[index % NEUTRAL_TONES.length]);
                    return {
                        label,
                        data: values,
                        backgroundColor: shade,
                        borderColor: shade,
                        maxBarThickness: 32,
                        tension: 0.2,
                    };
                }),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                onClick: (ev, [hit]) => hit && this.openAt(hit.index),
                plugins: {
                    legend: { display: series.length > 1, labels: { color: color("text") } },
                },
                scales: {
                    x: { grid: { display: false }, ticks },
                    y: { beginAtZero: true, grid: { color: color("line") }, ticks },
                },
            },
        };
    }
}
