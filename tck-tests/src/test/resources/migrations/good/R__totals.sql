DROP VIEW IF EXISTS totals;
CREATE VIEW totals AS SELECT customer, COUNT(*) AS invoices FROM invoice GROUP BY customer;
