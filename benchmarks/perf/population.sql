-- The company of a measurement. Per customer: 1.3 contacts, 2.9 orders (30 % of the customers buy regularly,
-- 35 % now and then, 35 % never), twice as many lines, an invoice for nearly every order
-- and a credit note for one of a hundred, 5 messages, 2 of
-- them care and in the diary, 0.5 meetings, 1 lead. Dates are relative to today; rows lie in the order of
-- their dates, as they do in life.

-- == customers
CREATE TEMP TABLE b_customer ON COMMIT DROP AS
SELECT i, %(first_partner)s + i AS id,
       (%(owners)s::int[])[CASE WHEN i <= %(reserved)s THEN 1
                                ELSE 2 + floor(random() * (cardinality(%(owners)s::int[]) - 1))::int END] AS user_id,
       (%(industries)s::int[])[1 + floor(random() * cardinality(%(industries)s::int[]))::int] AS industry_id,
       (%(states)s::int[])[1 + floor(random() * cardinality(%(states)s::int[]))::int] AS state_id,
       (%(sizes)s::int[])[1 + floor(random() * cardinality(%(sizes)s::int[]))::int] AS size_id,
       %(today)s::timestamp - make_interval(days => 30 + floor(random() * 1000)::int) AS since,
       CASE WHEN i %% 20 < 6 THEN 4 + floor(random() * 6)::int
            WHEN i %% 20 < 13 THEN 1 + floor(random() * 4)::int
            ELSE 0 END AS orders,
       CASE WHEN i %% 20 < 6 THEN 7 + floor(random() * 80)::int END AS pace
  FROM generate_series(1, %(n)s) AS i;

INSERT INTO res_partner (id, commercial_partner_id, name, complete_name, type, active, is_company,
                         partner_share, customer_rank, supplier_rank, user_id, owner_id, industry_id,
                         state_id, company_size_id, lang, autopost_bills, color, create_date, write_date)
SELECT id, id, 'Customer ' || i, 'Customer ' || i, 'contact', TRUE, TRUE, TRUE, 1, 0, user_id, user_id,
       industry_id, state_id, size_id, 'en_US', 'ask', 0, since, since
  FROM b_customer;

-- == contacts
INSERT INTO res_partner (id, commercial_partner_id, parent_id, name, complete_name, type, active, is_company,
                         partner_share, customer_rank, supplier_rank, user_id, owner_id, lang,
                         autopost_bills, color, birthdate, create_date, write_date)
SELECT %(first_partner)s + %(n)s + row_number() OVER (ORDER BY i), id, id, 'Contact ' || i,
       'Customer ' || i || ', Contact ' || i, 'contact', TRUE, FALSE, TRUE, 0, 0, user_id, user_id, 'en_US',
       'ask', 0,
       CASE WHEN random() < 0.3 THEN DATE '1970-01-01' + floor(random() * 10000)::int END, since, since
  FROM b_customer
 WHERE i %% 10 < 3;

-- == orders
CREATE TEMP TABLE b_order ON COMMIT DROP AS
SELECT %(first_order)s + row_number() OVER (ORDER BY day, customer, nth) AS id, dealt.*
  FROM (SELECT customer.i AS customer, customer.id AS partner_id, customer.user_id, nth,
               %(today)s::timestamp + interval '9 hours' - make_interval(
                   days => CASE WHEN pace IS NULL THEN floor(random() * 1000)::int
                                ELSE floor((nth - 1 + random() * 0.8) * pace + random() * random() * 60)::int END,
                   secs => floor(random() * 20000)) AS day,
               round((100 + random() * 4900)::numeric, 2) AS amount,
               CASE WHEN random() < 0.04 AND nth = 1 THEN 'draft' ELSE 'sale' END AS state
          FROM b_customer customer CROSS JOIN LATERAL generate_series(1, orders) AS nth) AS dealt;

INSERT INTO sale_order (id, name, state, company_id, currency_id, currency_rate, partner_id,
                        partner_invoice_id, partner_shipping_id, user_id, customer_owner_id, date_order,
                        validity_date,
                        amount_untaxed, amount_tax, amount_total, invoice_status, locked, create_date,
                        write_date)
SELECT id, 'P' || id, state, %(company)s, %(currency)s, 1, partner_id, partner_id, partner_id, user_id, user_id, day,
       CASE WHEN state = 'draft' THEN day::date + 30 END, amount, 0, amount,
       CASE WHEN state = 'sale' THEN 'invoiced' ELSE 'no' END, FALSE, day, day
  FROM b_order ORDER BY id;

-- == lines
INSERT INTO sale_order_line (id, order_id, company_id, currency_id, order_partner_id, salesman_id, sequence,
                             product_id, product_uom_id, name, state, product_uom_qty, qty_delivered,
                             qty_invoiced, qty_delivered_method, price_unit, discount, price_subtotal,
                             price_total, price_tax, invoice_status, is_downpayment, is_expense,
                             customer_lead, create_date, write_date)
SELECT %(first_line)s + 2 * (o.id - %(first_order)s) - 2 + place, o.id, %(company)s, %(currency)s,
       o.partner_id, o.user_id, 10 * place, %(product)s, %(uom)s, 'Goods', o.state, 1, 1, 1, 'manual',
       o.amount / 2, 0, o.amount / 2, o.amount / 2, 0, 'invoiced', FALSE, FALSE, 0, o.day, o.day
  FROM b_order o CROSS JOIN generate_series(1, 2) AS place
 ORDER BY 1;

-- == invoices
CREATE TEMP TABLE b_move ON COMMIT DROP AS
SELECT %(first_move)s + row_number() OVER (ORDER BY day, order_id, kind) AS id, dealt.*,
       CASE WHEN kind = 'out_invoice' AND random() < 0.15 THEN amount ELSE 0 END AS residual
  FROM (SELECT o.id AS order_id, o.partner_id, o.user_id, o.amount, kind,
               least(o.day::date + CASE WHEN kind = 'out_invoice' THEN 2 ELSE 10 END, %(today)s) AS day
          FROM (SELECT *, random() AS draw FROM b_order WHERE state = 'sale') AS o
          JOIN (VALUES ('out_invoice', 0.97), ('out_refund', 0.01)) AS made(kind, share) ON o.draw < made.share
       ) AS dealt;

INSERT INTO account_move (id, name, state, move_type, journal_id, company_id, currency_id, partner_id,
                          commercial_partner_id, partner_shipping_id, invoice_user_id, customer_owner_id, date,
                          invoice_date,
                          invoice_date_due, payment_state, auto_post, amount_untaxed, amount_tax,
                          amount_total, amount_residual, amount_untaxed_signed, amount_total_signed,
                          amount_residual_signed, invoice_currency_rate, checked, posted_before,
                          create_date, write_date)
SELECT id, 'B/' || id, 'posted', kind, %(journal)s, %(company)s, %(currency)s, partner_id, partner_id,
       partner_id, user_id, user_id, day, day, day + 30, CASE WHEN residual > 0 THEN 'not_paid' ELSE 'paid' END, 'no',
       amount, 0, amount, residual, sign * amount, sign * amount, sign * residual, 1, TRUE, TRUE, day, day
  FROM b_move CROSS JOIN LATERAL (SELECT CASE WHEN kind = 'out_invoice' THEN 1 ELSE -1 END AS sign) AS of_kind
 ORDER BY id;

-- == entries
INSERT INTO account_move_line (id, move_id, journal_id, company_id, company_currency_id, currency_id,
                               account_id, partner_id, move_name, parent_state, name, display_type, date,
                               invoice_date, date_maturity, debit, credit, balance, amount_currency,
                               amount_residual, amount_residual_currency, reconciled, quantity, price_unit,
                               price_subtotal, price_total, product_id, create_date, write_date)
SELECT %(first_entry)s + 2 * (m.id - %(first_move)s) - 2 + place, m.id, %(journal)s, %(company)s,
       %(currency)s, %(currency)s, CASE WHEN place = 1 THEN %(income)s ELSE %(receivable)s END, m.partner_id,
       'B/' || m.id, 'posted', 'Goods', CASE WHEN place = 1 THEN 'product' ELSE 'payment_term' END, m.day,
       m.day, CASE WHEN place = 2 THEN m.day + 30 END, greatest(balance, 0), greatest(-balance, 0), balance,
       balance, CASE WHEN place = 2 THEN m.residual ELSE 0 END, CASE WHEN place = 2 THEN m.residual ELSE 0 END,
       place = 2 AND m.residual = 0, 1, CASE WHEN place = 1 THEN m.amount END,
       CASE WHEN place = 1 THEN m.amount END, CASE WHEN place = 1 THEN m.amount END,
       CASE WHEN place = 1 THEN %(product)s END, m.day, m.day
  FROM b_move m
 CROSS JOIN generate_series(1, 2) AS place
 CROSS JOIN LATERAL (SELECT m.amount * CASE WHEN (m.kind = 'out_invoice') = (place = 2) THEN 1 ELSE -1 END
                            AS balance) AS booked
 ORDER BY 1;

INSERT INTO sale_order_line_invoice_rel (invoice_line_id, order_line_id)
SELECT %(first_entry)s + 2 * (m.id - %(first_move)s) - 1, %(first_line)s + 2 * (m.order_id - %(first_order)s) - 1
  FROM b_move m;

-- == leads
INSERT INTO crm_lead (id, name, type, active, partner_id, user_id, customer_owner_id, company_id, stage_id, won_status,
                      expected_revenue, prorated_revenue, probability, automated_probability, create_date,
                      write_date)
SELECT %(first_lead)s + row_number() OVER (ORDER BY made, i), 'Lead ' || i,
       CASE WHEN i %% 5 < 3 THEN 'opportunity' ELSE 'lead' END, fate < 0.85, id, user_id, user_id, %(company)s, %(stage)s,
       CASE WHEN fate < 0.5 THEN 'pending' WHEN fate < 0.85 THEN 'won' ELSE 'lost' END, value,
       value / 2, 50, 50, made, made
  FROM (SELECT customer.*, random() AS fate, round((500 + random() * 9500)::numeric, 2) AS value,
               since + (%(today)s::timestamp - since) * random() AS made
          FROM b_customer customer) AS dealt
 ORDER BY 1;

-- == messages
CREATE TEMP TABLE b_message ON COMMIT DROP AS
SELECT %(first_message)s + row_number() OVER (ORDER BY at, partner_id, nth) AS id, dealt.*
  FROM (SELECT customer.id AS partner_id, customer.user_id, nth, nth <= 2 AS is_care,
               %(today)s::timestamp + interval '8 hours'
                   - make_interval(days => floor(power(random(), 3) * 720)::int, secs => floor(random() * 30000))
                   AS at
          FROM b_customer customer CROSS JOIN generate_series(1, 5) AS nth) AS dealt;

INSERT INTO mail_message (id, model, res_id, message_type, author_id, date, body, is_internal, subtype_id,
                          create_uid, create_date, write_date)
SELECT message.id, 'res.partner', message.partner_id,
       CASE WHEN is_care THEN 'comment' ELSE 'notification' END, author.partner_id, at,
       '<p>Talked about the next order and the delivery of the last one</p>', TRUE, %(subtype)s,
       message.user_id, at, at
  FROM b_message message JOIN res_users author ON author.id = message.user_id
 ORDER BY message.id;

-- == meetings
CREATE TEMP TABLE b_meeting ON COMMIT DROP AS
SELECT %(first_meeting)s + row_number() OVER (ORDER BY at, partner_id) AS id, dealt.*
  FROM (SELECT customer.id AS partner_id, customer.user_id,
               %(today)s::timestamp + interval '10 hours' - make_interval(days => floor(random() * 400)::int - 20)
                   AS at
          FROM b_customer customer
         WHERE i %% 2 = 0) AS dealt;

INSERT INTO calendar_event (id, name, start, stop, duration, user_id, show_as, active, allday, create_date,
                            write_date)
SELECT id, 'Meeting', at, at + interval '1 hour', 1, user_id, 'busy', TRUE, FALSE, at, at
  FROM b_meeting ORDER BY id;

INSERT INTO calendar_event_res_partner_rel (calendar_event_id, res_partner_id)
SELECT id, partner_id FROM b_meeting
 UNION ALL
SELECT meeting.id, owner.partner_id FROM b_meeting meeting JOIN res_users owner ON owner.id = meeting.user_id;

-- == diary
INSERT INTO incom_interaction (partner_id, user_id, company_id, date, channel, direction, grade, body,
                               res_model, res_id, message_id, event_id, recorded_on, late, source_state)
SELECT partner_id, CASE WHEN incoming THEN NULL ELSE user_id END, %(company)s, at, channel,
       CASE WHEN incoming THEN 'in' ELSE 'out' END, grade,
       'Talked about the next order and the delivery of the last one', model, document_id, message_id, event_id,
       at, late, 'kept'
  FROM (SELECT partner_id, user_id, at, 'other' AS channel, 'content' AS grade, 'res.partner' AS model,
               partner_id AS document_id, id AS message_id, NULL AS event_id, random() < 0.1 AS incoming,
               random() < 0.03 AS late
          FROM b_message WHERE is_care
         UNION ALL
        SELECT partner_id, user_id, at, 'visit', 'two_way', 'calendar.event', id, NULL, id, FALSE, FALSE
          FROM b_meeting WHERE at < %(today)s) AS contact
 ORDER BY at;

-- == activities
INSERT INTO mail_activity (res_model_id, res_model, res_id, activity_type_id, user_id, date_deadline, active,
                           automated, create_date, write_date)
SELECT %(partner_model)s, 'res.partner', id, %(activity_type)s, user_id,
       %(today)s::date + floor(random() * 60)::int - 30, TRUE, FALSE, since, since
  FROM b_customer WHERE i %% 10 = 0;

INSERT INTO incom_customer_pin (partner_id, company_id, kind, cycle_days, user_id, reason, date, active,
                                create_date, write_date)
SELECT id, %(company)s, 'cycle', 30, user_id, 'Told so', %(today)s::date - 40, TRUE, since, since
  FROM b_customer WHERE i %% 200 = 0;
