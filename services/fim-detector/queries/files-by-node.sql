-- Files and other things that differ from their approved state now, by node.
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
  COALESCE(TRY(unmapped['ProductFields.riposte/fim/name']), finding_info.title) AS name,
  COALESCE(TRY(unmapped['ProductFields.riposte/fim/change']), 'many') AS change,
  severity,
  TRY(unmapped['ProductFields.riposte/fim/rule']) AS rule,
  finding_info.created_time_dt AS differs_since,
  finding_info.last_seen_time_dt AS last_changed,
  TRY(unmapped['ProductFields.riposte/fim/signals']) AS signals,
  resources[1].uid AS resource,
  finding_info.uid AS finding
FROM newest
WHERE age = 1
  AND TRY(unmapped['RecordState']) = 'ACTIVE'
  AND TRY(unmapped['ProductFields.riposte/fim/rule']) IS NOT NULL
ORDER BY node, severity_id DESC, name
