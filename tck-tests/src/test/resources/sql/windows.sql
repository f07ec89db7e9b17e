SELECT id, row_number() OVER (ORDER BY id) FROM emp;
SELECT id, row_number() OVER (PARTITION BY dept_id ORDER BY id DESC) FROM emp;
SELECT id, rank() OVER (ORDER BY salary NULLS LAST), dense_rank() OVER (ORDER BY salary NULLS LAST) FROM emp;
SELECT id, rank() OVER (PARTITION BY region ORDER BY amount DESC NULLS LAST) FROM sale;
SELECT id, percent_rank() OVER (ORDER BY quantity NULLS FIRST), cume_dist() OVER (ORDER BY quantity NULLS FIRST) FROM sale;
SELECT id, ntile(3) OVER (ORDER BY id) FROM emp;
SELECT id, sum(quantity) OVER (ORDER BY id) FROM sale;
SELECT id, sum(quantity) OVER (PARTITION BY region ORDER BY id) FROM sale;
SELECT id, sum(quantity) OVER (PARTITION BY region) FROM sale;
SELECT id, count(*) OVER () FROM sale;
SELECT id, avg(amount) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM sale;
SELECT id, sum(amount) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) FROM sale;
SELECT id, sum(amount) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM sale;
SELECT id, count(*) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM sale;
SELECT id, min(quantity) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING), max(quantity) OVER (ORDER BY id ROWS 2 PRECEDING) FROM sale;
SELECT id, sum(id) OVER (ORDER BY quantity NULLS FIRST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM sale;
SELECT id, sum(id) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM sale;
--@ fault a RANGE frame with an offset fails where the key is NULL
SELECT id, sum(id) OVER (ORDER BY quantity NULLS LAST RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING) FROM sale;
SELECT id, lag(amount) OVER (ORDER BY id), lead(amount) OVER (ORDER BY id) FROM sale;
--@ fault LAG over a BIGINT fails with an INT as its default
SELECT id, lag(amount, 2, -1) OVER (PARTITION BY region ORDER BY id) FROM sale;
SELECT id, lead(product, 1, 'none') OVER (PARTITION BY region ORDER BY id) FROM sale;
SELECT id, first_value(amount) OVER (PARTITION BY region ORDER BY id), last_value(amount) OVER (PARTITION BY region ORDER BY id) FROM sale;
SELECT id, last_value(amount) OVER (PARTITION BY region ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM sale;
SELECT id, nth_value(amount, 2) OVER (PARTITION BY region ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM sale;
SELECT id, sum(quantity) OVER w, count(quantity) OVER w FROM sale WINDOW w AS (PARTITION BY region ORDER BY id);
SELECT region, sum(amount), rank() OVER (ORDER BY sum(amount) DESC NULLS LAST) FROM sale GROUP BY region;
SELECT * FROM (SELECT id, region, row_number() OVER (PARTITION BY region ORDER BY amount DESC NULLS LAST, id) AS n FROM sale) x WHERE n = 1;
SELECT id, sum(salary) OVER (PARTITION BY dept_id ORDER BY id) / 2 FROM emp;
SELECT id, salary - avg(salary) OVER (PARTITION BY dept_id) FROM emp;
--@ fault FILTER is refused together with OVER
SELECT id, sum(quantity) FILTER (WHERE quantity > 0) OVER (ORDER BY id) FROM sale;
SELECT id, row_number() OVER (ORDER BY name NULLS FIRST, id) FROM emp ORDER BY 2;
SELECT id, count(*) OVER (PARTITION BY product, region) FROM sale;
SELECT id, max(sold) OVER (ORDER BY id) FROM sale;
SELECT n, sum(n) OVER () FROM nothing;
SELECT id, sum(bonus) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM emp;
SELECT id, lag(name) OVER (ORDER BY id), lag(hired) OVER (ORDER BY id), lag(active) OVER (ORDER BY id) FROM emp;
