bulkhead_audit(INVENTORY nowhere.json)
