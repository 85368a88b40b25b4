bulkhead_audit(ONBUILD)
