-- All that was told of one path, on every node, the newest first. The parameter is the path as findings show it, e.g. '/etc/paymentapp/config.yaml'.
-- Of more than twenty files that changed at once, the finding's first lists of names are looked through; the ledger names all.
WITH asked AS (SELECT CAST(? AS varchar) AS path)
SELECT DISTINCT
  finding_info.modified_time_dt AS told_at,
  TRY(unmapped['ProductFields.riposte/fim/node']) AS node,
  COALESCE(TRY(unmapped['ProductFields.riposte/fim/change']), 'many') AS change,
  TRY(unmapped['RecordState']) AS record_state,
  status,
  severity,
  finding_info.title AS title,
  TRY(unmapped['ProductFields.riposte/fim/before']) AS before,
  TRY(unmapped['ProductFields.riposte/fim/after']) AS after,
  TRY(unmapped['ProductFields.riposte/fim/ledger/key']) AS ledger,
  finding_info.uid AS finding
FROM ${Table}
CROSS JOIN asked
WHERE class_uid = 2004
  AND metadata.product.feature.uid LIKE 'riposte/fim-detector/%'
  AND time_dt >= CURRENT_TIMESTAMP - INTERVAL '400' DAY
  AND (
    TRY(unmapped['ProductFields.riposte/fim/name']) = path
    OR strpos(
      concat(
        COALESCE(TRY(unmapped['ProductFields.riposte/fim/names/01']), ''), chr(10),
        COALESCE(TRY(unmapped['ProductFields.riposte/fim/names/02']), ''), chr(10),
        COALESCE(TRY(unmapped['ProductFields.riposte/fim/names/03']), ''), chr(10)
      ),
      concat(' ', path, chr(10))
    ) > 0
  )
ORDER BY told_at DESC, node
