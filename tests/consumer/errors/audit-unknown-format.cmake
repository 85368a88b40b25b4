bulkhead_audit(FORMATS json yaml)
