bulkhead_audit(FAIL_ON info)
