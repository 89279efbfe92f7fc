"""What each kind of list says, read from its records: one module a kind, each with `read(records, context) -> pa.Table`."""
