"""Documents made from the declarations: field pages, JSON Schemas, editor settings, rule pages."""
