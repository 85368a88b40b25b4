bulkhead_audit(POLICY nowhere.toml)
