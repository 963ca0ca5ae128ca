-- What kept nodes, buckets and syncs from being watched, and for how long; what lasts comes first.
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
  resources[1].uid AS resource,
  TRY(unmapped['ProductFields.riposte/fim/coverage']) AS problem,
  severity,
  finding_info.created_time_dt AS since,
  CASE WHEN TRY(unmapped['RecordState']) = 'ACTIVE' THEN NULL ELSE finding_info.modified_time_dt END AS until,
  date_diff(
    'hour',
    finding_info.created_time_dt,
    CASE
      WHEN TRY(unmapped['RecordState']) = 'ACTIVE' THEN CAST(CURRENT_TIMESTAMP AS timestamp)
      ELSE finding_info.modified_time_dt
    END
  ) AS hours,
  finding_info.uid AS finding
FROM newest
WHERE age = 1
  AND TRY(unmapped['ProductFields.riposte/fim/coverage']) IS NOT NULL
ORDER BY CASE WHEN TRY(unmapped['RecordState']) = 'ACTIVE' THEN 0 ELSE 1 END, hours DESC, resource
