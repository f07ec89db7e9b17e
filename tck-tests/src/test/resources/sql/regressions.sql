-- Queries that were once answered wrongly or refused, found by comparing random queries. They bring their own rows.

-- A column of the outer query has the name of one that the planner makes.
SELECT t.i, t.i <> ANY (SELECT s.j FROM (VALUES (1), (3)) AS s (j) WHERE s.j > 0)
FROM (VALUES (1, 5), (NULL, 6), (3, 1), (4, 0)) AS t (i, d);

SELECT t.i, CASE WHEN t.i = ALL (SELECT s.j FROM (VALUES (1), (1), (NULL)) AS s (j)) THEN 'all' ELSE 'not all' END
FROM (VALUES (1, 5), (NULL, 6), (3, 1)) AS t (i, d);

SELECT t.i FROM (VALUES (1, 5, 2), (2, 6, 1), (3, 1, 3)) AS t (i, c, dd)
WHERE t.i <> ANY (SELECT s.j FROM (VALUES (1, 2), (2, 2), (1, 1), (3, 9)) AS s (j, k) WHERE s.k = t.dd);

-- The type of a condition with NULL in it is asked for before anything says that it is one.
SELECT nullif(CASE WHEN NULL OR t.b THEN 1 ELSE 2 END, 2) FROM (VALUES (TRUE), (FALSE), (NULL)) AS t (b);

SELECT coalesce(nullif(CASE WHEN NULL AND NOT t.b THEN 1 ELSE 2 END, 1), 7) FROM (VALUES (TRUE), (FALSE)) AS t (b);

-- A condition that is NULL for all rows, in a subquery of a subquery.
SELECT t.i, CASE WHEN t.i IN (SELECT s.j FROM (VALUES (1), (3)) AS s (j)
    WHERE EXISTS (SELECT 1 FROM (VALUES (1)) AS v (k) WHERE t.s NOT LIKE NULL)) THEN 1 ELSE 0 END
FROM (VALUES (1, 'a'), (2, 'b')) AS t (i, s);

-- Two equalities with one column of the other side: what they imply is true of matches alone.
SELECT x.id, w.id FROM (VALUES (1, 1, 5), (2, 2, 3), (3, 4, 4)) AS x (id, i, j)
LEFT JOIN (VALUES (1), (4), (5)) AS w (id) ON w.id = x.i AND w.id = x.j WHERE x.i < x.j;

SELECT x.id FROM (VALUES (1, 1, 5), (2, 2, 3), (3, 4, 4)) AS x (id, i, j)
WHERE x.i < x.j AND NOT EXISTS (SELECT 1 FROM (VALUES (1), (4), (5)) AS w (id) WHERE w.id = x.i AND w.id = x.j);

SELECT x.id FROM (VALUES (1, 6, 5), (2, 7, 7), (3, 4, 4)) AS x (id, i, j)
WHERE x.i > 5 AND NOT EXISTS (SELECT 1 FROM (VALUES (6), (4), (7)) AS w (id) WHERE w.id = x.i AND w.id = x.j);

SELECT x.id, w.id FROM (VALUES (1), (4), (5)) AS w (id)
RIGHT JOIN (VALUES (1, 1, 5), (2, 2, 3), (3, 4, 4)) AS x (id, i, j) ON w.id = x.i AND w.id = x.j WHERE x.i < x.j;

-- What COALESCE makes of a NULL is compared beside an expression that runs as generated code.
SELECT x.id, CASE x.id WHEN 1 THEN x.id ELSE abs(x.d) END, CAST(x.ts + INTERVAL '30' HOUR AS DATE)
FROM (VALUES (1, CAST(NULL AS VARCHAR), 3.35, TIMESTAMP '2024-01-01 10:00:00'),
    (2, 'é', 3.35, TIMESTAMP '2024-01-01 10:00:00'), (3, 'b', -3.35, NULL)) AS x (id, s, d, ts)
WHERE NOT (abs(-3) <= ceil(x.d) AND coalesce(x.s, '-') < coalesce('é', '-'));

SELECT x.id, extract(MONTH FROM coalesce(x.dt, DATE '2024-02-29'))
FROM (VALUES (1, NULL, 'a', NULL), (2, TRUE, NULL, DATE '2024-03-01')) AS x (id, b, s, dt)
WHERE coalesce(x.s, 'a') >= 'b' OR x.id + 1 > 2 AND coalesce(x.dt, DATE '2000-01-01') > DATE '2024-01-01';

-- An inequality with a subquery among alternatives.
SELECT t.i FROM (VALUES (1, 5), (NULL, 6), (3, 1), (4, 0)) AS t (i, d)
WHERE t.i <> ANY (SELECT s.j FROM (VALUES (1), (3)) AS s (j) WHERE s.j > t.d) OR NOT (t.i >= 2 AND t.d <= t.i);

-- A query in a query in a query, the innermost of which reads the outermost: who has taken all courses.
SELECT s.id FROM (VALUES (1), (2), (3), (NULL)) AS s (id) WHERE NOT EXISTS (SELECT 1 FROM (VALUES (10), (20)) AS c (id)
    WHERE NOT EXISTS (SELECT 1 FROM (VALUES (1, 10), (1, 20), (2, 10)) AS e (s, c) WHERE e.s = s.id AND e.c = c.id));

SELECT s.id FROM (VALUES (1), (2), (3), (NULL)) AS s (id) WHERE EXISTS (SELECT 1 FROM (VALUES (10), (20)) AS c (id)
    WHERE NOT EXISTS (SELECT 1 FROM (VALUES (1, 10), (1, 20), (2, 10)) AS e (s, c) WHERE e.s = s.id AND e.c = c.id));

SELECT e.id FROM emp e WHERE NOT EXISTS (SELECT 1 FROM dept d WHERE d.id < e.id
    AND NOT EXISTS (SELECT 1 FROM sale s WHERE s.emp_id = e.manager_id AND s.id > d.id AND d.city = e.name));

SELECT e.id, (SELECT count(*) FROM dept d WHERE d.budget > (SELECT sum(s.quantity) FROM sale s
    WHERE s.emp_id = e.id AND s.id > d.id)) FROM emp e;

SELECT e.id FROM emp e WHERE EXISTS (SELECT 1 FROM dept d WHERE d.id = e.dept_id AND (SELECT count(*) FROM sale s
    WHERE s.emp_id = e.dept_id AND s.quantity > d.id) < 2);

SELECT e.id FROM emp e WHERE EXISTS (SELECT d.id FROM dept d
    WHERE NOT EXISTS (SELECT 1 FROM dept v WHERE v.id = d.budget AND e.salary > e.bonus));

-- An aggregate of rows that are sorted, in code that is generated.
WITH RECURSIVE r (n, m) AS (SELECT q.n, q.m FROM (SELECT count(*) AS n, min(e.salary) AS m
    FROM (SELECT id, salary FROM emp ORDER BY id DESC LIMIT 4) e) q
    UNION ALL SELECT r.n + 1, r.m FROM r WHERE r.n < 6) SELECT n, m FROM r;

SELECT d.id, q.most, q.n FROM dept d CROSS JOIN LATERAL (SELECT max(x.salary) AS most, count(*) AS n
    FROM (SELECT e.salary FROM emp e WHERE e.dept_id = d.id ORDER BY e.hired DESC, e.id LIMIT 2) x) q;

-- TRY_CAST of what is computed, in code that is generated.
SELECT TRY_CAST(nullif(t.s, '_') AS INT), t.s ILIKE '!_' ESCAPE '!'
FROM (VALUES ('12'), ('_'), (NULL), ('zz')) AS t (s);

SELECT TRY_CAST(CASE WHEN t.i > 1 THEN 99999 ELSE t.i END AS SMALLINT), CAST(t.i AS VARCHAR) ILIKE '!_' ESCAPE '!'
FROM (VALUES (1), (2), (NULL)) AS t (i);

-- Columns of an outer query that are read in several places of a subquery, not the same ones in each.
SELECT e.id, EXISTS (SELECT 1 FROM (SELECT s.emp_id, s.quantity FROM sale s WHERE s.emp_id <> e.id) q
    WHERE (e.id = q.emp_id AND e.dept_id = q.quantity) IS NOT FALSE) FROM emp e;

--@ reference SELECT e.id, CASE WHEN EXISTS (SELECT 1 FROM emp x WHERE x.dept_id <> e.dept_id AND e.active IS NOT NULL AND (e.dept_id = x.dept_id AND e.active = x.active)) THEN TRUE WHEN EXISTS (SELECT 1 FROM emp x WHERE x.dept_id <> e.dept_id AND e.active IS NOT NULL AND (e.dept_id = x.dept_id AND e.active = x.active) IS NULL) THEN NULL ELSE FALSE END FROM emp e
SELECT e.id, (e.dept_id, e.active) IN (SELECT x.dept_id, x.active FROM emp x WHERE x.dept_id <> e.dept_id AND e.active IS NOT NULL)
FROM emp e;

--@ reference SELECT e.id, CASE WHEN EXISTS (SELECT 1 FROM emp x WHERE x.id > e.manager_id AND (e.dept_id = x.dept_id AND e.name = x.name)) THEN FALSE WHEN EXISTS (SELECT 1 FROM emp x WHERE x.id > e.manager_id AND (e.dept_id = x.dept_id AND e.name = x.name) IS NULL) THEN NULL ELSE TRUE END FROM emp e
SELECT e.id, (e.dept_id, e.name) NOT IN (SELECT x.dept_id, x.name FROM emp x WHERE x.id > e.manager_id) FROM emp e;

SELECT e.id FROM emp e WHERE EXISTS (SELECT 1 FROM (SELECT s.quantity, s.id FROM sale s WHERE s.emp_id = e.dept_id) q
    WHERE q.quantity > e.id AND q.id > e.dept_id);

SELECT e.id, (SELECT count(*) FROM (SELECT * FROM sale s WHERE s.id < e.id) a
    JOIN (SELECT * FROM sale s WHERE s.quantity > e.id) b ON a.region = b.region) FROM emp e;

SELECT e.id, (SELECT sum(q.quantity + e.id + e.dept_id) FROM (SELECT s.quantity FROM sale s WHERE s.emp_id = e.dept_id) q)
FROM emp e;

-- Both zeros are equal also where rows are sorted.
SELECT t.i, row_number() OVER (ORDER BY t.f DESC NULLS LAST, t.i),
    nth_value(t.i, 2) OVER (ORDER BY t.f DESC NULLS LAST, t.i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
FROM (VALUES (1, CAST('-0.0' AS DOUBLE)), (2, CAST('0.0' AS DOUBLE)), (3, 1e0), (4, NULL)) AS t (i, f);

SELECT t.i FROM (VALUES (1, CAST('-0.0' AS DOUBLE)), (2, CAST('0.0' AS DOUBLE)), (3, 1e0)) AS t (i, f) ORDER BY t.f DESC, t.i;

SELECT t.i FROM (VALUES (1, CAST('-0.0' AS FLOAT)), (2, CAST('0.0' AS FLOAT)), (3, CAST(1 AS FLOAT))) AS t (i, f)
ORDER BY t.f, t.i DESC;

-- Columns without a name behind a set operation that is sorted.
SELECT 1 UNION SELECT 2 ORDER BY 1;

-- What is not a number, compared in code that is generated.
WITH RECURSIVE w (i, a, b, c, d, e) AS (SELECT t.i, t.f = CAST('NaN' AS DOUBLE), t.f <> CAST('NaN' AS DOUBLE), t.f < CAST('NaN' AS DOUBLE),
        t.f >= CAST('NaN' AS DOUBLE), t.f IS NOT DISTINCT FROM CAST('NaN' AS DOUBLE)
    FROM (VALUES (1, CAST('NaN' AS DOUBLE)), (2, 1e0), (3, NULL), (4, CAST('Infinity' AS DOUBLE))) AS t (i, f)
    UNION ALL SELECT w.i + 10, w.a, w.b, w.c, w.d, w.e FROM w WHERE w.i < 10) SELECT * FROM w;

WITH RECURSIVE w (i, j) AS (SELECT t.i, u.i FROM (VALUES (1, CAST('-0.0' AS DOUBLE)), (2, CAST('NaN' AS DOUBLE)), (3, NULL)) AS t (i, f)
    JOIN (VALUES (1, CAST('0.0' AS DOUBLE)), (2, CAST('NaN' AS DOUBLE)), (3, NULL)) AS u (i, f) ON t.f = u.f
    UNION ALL SELECT w.i + 10, w.j FROM w WHERE w.i < 10) SELECT * FROM w;

-- Extremes of what is infinite, computed in code that is generated.
WITH RECURSIVE w (i, least, greatest) AS (SELECT t.i, MIN(t.f), MAX(t.f)
    FROM (VALUES (1, CAST('-Infinity' AS DOUBLE)), (2, CAST('Infinity' AS DOUBLE)), (3, CAST('NaN' AS DOUBLE)), (3, 1e0)) AS t (i, f)
    GROUP BY t.i UNION ALL SELECT w.i + 10, w.least, w.greatest FROM w WHERE w.i < 10) SELECT * FROM w;
