bulkhead_audit(POLICY)
