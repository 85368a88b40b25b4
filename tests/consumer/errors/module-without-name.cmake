bulkhead_module()
