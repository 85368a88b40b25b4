add_custom_target(bulkhead-report)
bulkhead_audit()
