-- Adds up the figures.json of many townships, definition by definition.
--
-- It is plain SQL on purpose. For another engine only what handles lists changes its name: how the
-- lines are read (read_json), a list becomes rows (unnest), names are gathered (list). The table is in
-- docs/guide/decisions/0026-rollup.md.
--
-- The variable `lines` names a file with one township's checked document a line. Nothing here
-- rounds: a count is a whole number, and of a ratio only its two sides are added.

-- `value` is a decimal: as a double 9007199254740993 would come out as …992, and as a whole number
-- 98.41 as 98. A number in 万元 has its decimals, too.
CREATE TEMP VIEW document AS
SELECT publisher AS township, figures
FROM read_json(
    getvariable('lines'),
    format = 'newline_delimited',
    maximum_object_size = 25000000,
    columns = {
        publisher: 'VARCHAR',
        figures: 'STRUCT(
            name VARCHAR, section VARCHAR, measure VARCHAR, definition VARCHAR,
            fingerprint VARCHAR, unit VARCHAR, value DECIMAL(38, 12),
            numerator BIGINT, denominator BIGINT, parts MAP(VARCHAR, BIGINT),
            merged VARCHAR[], withheld VARCHAR[]
        )[]'
    }
);

CREATE TEMP TABLE township AS
SELECT township FROM document;

-- 1. A row a figure. It is a view: read again for each table that is made from it, so that all its
-- texts need not be held at once. A township may print one definition under two names; its number,
-- alike in both, counts where it stands first.
CREATE TEMP VIEW figure AS
SELECT township, f.*, place, place = list_position(fingerprints, f.fingerprint) AS is_first
FROM (
    SELECT
        township,
        unnest(figures) AS f,
        generate_subscripts(figures, 1) AS place,
        list_transform(figures, lambda one: one.fingerprint) AS fingerprints
    FROM document
);

-- A row a township and definition.
CREATE TEMP TABLE published AS
SELECT
    fingerprint, township, measure, unit, value, numerator, denominator, parts,
    -- Why its number is not added; null where it is. No number is not a 0.
    CASE
        WHEN list_contains(withheld, 'value') THEN '不公布'
        WHEN value IS NULL THEN '暂无'
        WHEN measure = '比率' AND denominator IS NULL THEN '没有分子分母'
        WHEN measure IN ('比值', '最大值', '最小值', '平均天数') THEN '不能相加'
        WHEN measure = '最新值' AND list_contains(getvariable('means'), unit) THEN '不能相加'
    END AS reason,
    -- Why its parts are not added, where it has a number.
    CASE
        WHEN measure <> '分类' OR value IS NULL THEN NULL
        WHEN len(merged) > 0 THEN '分项并过小数'
        WHEN list_contains(withheld, 'parts') THEN '分项不公布'
        WHEN parts IS NULL THEN '没有分项'
    END AS parts_reason
FROM figure
WHERE is_first;

-- 2. What most townships call a definition (rank 1), and in what order they print it.
CREATE TEMP TABLE called AS
SELECT
    *,
    row_number() OVER (
        PARTITION BY fingerprint ORDER BY townships DESC, place, name, section, definition
    ) AS rank
FROM (
    SELECT
        fingerprint, name, section, definition,
        count(*) AS townships, min(place) AS place
    FROM figure
    GROUP BY fingerprint, name, section, definition
) AS counted;

-- 3. The sums.
CREATE TEMP TABLE combined AS
SELECT
    fingerprint,
    min(measure) AS measure,
    min(unit) AS unit,
    count(*) AS published,
    count(*) * 2 >= (SELECT count(*) FROM township) AS is_common,
    count(*) FILTER (WHERE reason IS NULL) AS counted,
    sum(value) FILTER (WHERE reason IS NULL) AS value,
    sum(numerator) FILTER (WHERE reason IS NULL) AS numerator,
    sum(denominator) FILTER (WHERE reason IS NULL) AS denominator,
    count(parts_reason) = 0 AS has_whole_parts
FROM published
GROUP BY fingerprint;

-- 4. The sums of the parts: only where every township that has a number has whole parts, too.
CREATE TEMP TABLE part AS
SELECT fingerprint, entry.key AS name, sum(entry.value) AS value
FROM (
    SELECT fingerprint, unnest(map_entries(parts)) AS entry
    FROM published
    JOIN combined USING (fingerprint)
    WHERE combined.measure = '分类' AND has_whole_parts AND reason IS NULL
) AS each
GROUP BY fingerprint, entry.key;

-- 5. How many other definitions share a name with a definition.
CREATE TEMP TABLE rival AS
SELECT fingerprint, max(definitions) - 1 AS rivals
FROM called
JOIN (
    SELECT name, count(DISTINCT fingerprint) AS definitions FROM called GROUP BY name
) AS named USING (name)
GROUP BY fingerprint;

-- 6. Who is left out, and why. Who does not publish a definition at all is named where at least half
-- of all do; else those few who do are named, in 7, or a definition of one township would bring
-- the names of all others with it.
CREATE TEMP TABLE absent AS
SELECT wanted.fingerprint, wanted.township, wanted.name
FROM (
    SELECT fingerprint, name, township
    FROM combined
    JOIN called USING (fingerprint)
    CROSS JOIN township
    WHERE is_common AND rank = 1
) AS wanted
LEFT JOIN published
    ON published.fingerprint = wanted.fingerprint AND published.township = wanted.township
WHERE published.township IS NULL;

CREATE TEMP TABLE left_out AS
SELECT fingerprint, reason, list(township ORDER BY township) AS townships
FROM (
    SELECT fingerprint, reason, township FROM published WHERE reason IS NOT NULL
    UNION ALL
    SELECT fingerprint, parts_reason, township FROM published WHERE parts_reason IS NOT NULL
    UNION ALL
    SELECT
        absent.fingerprint,
        CASE WHEN other.name IS NULL THEN '没有这个指标' ELSE '口径不同' END,
        absent.township
    FROM absent
    LEFT JOIN (SELECT DISTINCT township, name FROM figure) AS other
        ON other.township = absent.township AND other.name = absent.name
) AS every
GROUP BY fingerprint, reason;

-- 7. Who publishes what fewer than half do.
CREATE TEMP TABLE publisher AS
SELECT fingerprint, list(township ORDER BY township) AS townships
FROM published
JOIN combined USING (fingerprint)
WHERE NOT is_common
GROUP BY fingerprint;

-- 8. A row a definition, as rollup.json has it, in the order in which most print them. It only
-- gathers what is above; another engine has other words for structs.
CREATE TEMP TABLE unadded AS
SELECT
    fingerprint,
    reason IN ('分项并过小数', '分项不公布', '没有分项') AS is_of_parts,
    list(
        {reason: reason, count: len(townships), townships: townships}
        ORDER BY len(townships) DESC, reason
    ) AS every
FROM left_out
GROUP BY ALL;

CREATE TEMP VIEW answer AS
WITH
names AS (
    SELECT fingerprint, list(name ORDER BY rank) AS every
    FROM (SELECT fingerprint, name, min(rank) AS rank FROM called GROUP BY ALL)
    GROUP BY ALL
),
parts AS (
    SELECT fingerprint, list({name: name, value: value} ORDER BY value DESC, name) AS every
    FROM part
    GROUP BY ALL
)
SELECT
    name, names.every[2:] AS other_names, section, measure, definition, fingerprint, rivals, unit,
    value, numerator, denominator, counted, counted = all_of_them.townships AS complete,
    CASE WHEN measure = '分类' AND counted > 0 AND has_whole_parts
        THEN coalesce(parts.every, [])
    END AS parts,
    publisher.townships AS published_by,
    -- Of what few publish, the others are counted and not named.
    coalesce(of_value.every, []) || CASE WHEN is_common THEN [] ELSE [{
        reason: CASE WHEN rivals > 0 THEN '口径不同或没有' ELSE '没有这个指标' END,
        count: all_of_them.townships - published,
        townships: NULL
    }] END AS left_out,
    coalesce(of_parts.every, []) AS parts_left_out
FROM combined
JOIN (SELECT * FROM called WHERE rank = 1) USING (fingerprint)
JOIN rival USING (fingerprint)
JOIN names USING (fingerprint)
CROSS JOIN (SELECT count(*) AS townships FROM township) AS all_of_them
LEFT JOIN parts USING (fingerprint)
LEFT JOIN publisher USING (fingerprint)
LEFT JOIN (SELECT * FROM unadded WHERE NOT is_of_parts) AS of_value USING (fingerprint)
LEFT JOIN (SELECT * FROM unadded WHERE is_of_parts) AS of_parts USING (fingerprint)
ORDER BY min(place) OVER (PARTITION BY section), section, place, name, fingerprint;
