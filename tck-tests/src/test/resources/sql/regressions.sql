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
