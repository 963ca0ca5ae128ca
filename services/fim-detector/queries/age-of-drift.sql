-- Drift, and baselines, that nobody has approved: the oldest first.
-- A row of the table is one update of a finding: the newest counts. What OCSF has no field for, Security Lake keeps under unmapped.
WITH newest AS (
  SELECT
    finding_info,
    severity,
    severity_id,
    resources,
    unmapped,
    row_number() OVER (
      PARTITION BY finding_info.uid
      ORDER BY finding_info.modified_time_dt DESC
    ) AS age
  FROM ${Table}
  WHERE class_uid = 2004
    AND metadata.product.feature.uid LIKE 'riposte/fim-detector/%'
    AND time_dt >= CURRENT_TIMESTAMP - INTERVAL '400' DAY
)
SELECT
  TRY(unmapped['ProductFields.riposte/fim/node']) AS node,
  CASE WHEN TRY(unmapped['ProductFields.riposte/fim/baseline']) IS NULL THEN 'drift' ELSE 'baseline' END AS what,
  COALESCE(TRY(unmapped['ProductFields.riposte/fim/name']), finding_info.title) AS name,
  severity,
  date_diff('day', finding_info.created_time_dt, CAST(CURRENT_TIMESTAMP AS timestamp)) AS days,
  finding_info.created_time_dt AS since,
  finding_info.uid AS finding
FROM newest
WHERE age = 1
  AND TRY(unmapped['RecordState']) = 'ACTIVE'
  AND (TRY(unmapped['ProductFields.riposte/fim/rule']) IS NOT NULL OR TRY(unmapped['ProductFields.riposte/fim/baseline']) = 'not approved')
ORDER BY since, node, name
