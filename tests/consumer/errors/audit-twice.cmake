bulkhead_audit()
bulkhead_audit(STRICT)
