-- Nodes with the most things that differ from their approved state now, by severity. A finding about many things counts them all.
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
  resources[1].uid AS resource,
  sum(CAST(COALESCE(TRY(unmapped['ProductFields.riposte/fim/count']), '1') AS integer)) AS things,
  count(*) AS findings,
  count(*) FILTER (WHERE severity_id = 5) AS critical,
  count(*) FILTER (WHERE severity_id = 4) AS high,
  count(*) FILTER (WHERE severity_id < 4) AS lower,
  min(finding_info.created_time_dt) AS differs_since
FROM newest
WHERE age = 1
  AND TRY(unmapped['RecordState']) = 'ACTIVE'
  AND TRY(unmapped['ProductFields.riposte/fim/rule']) IS NOT NULL
GROUP BY TRY(unmapped['ProductFields.riposte/fim/node']), resources[1].uid
ORDER BY things DESC, critical DESC, node
LIMIT 50
