"""The domain of 法治年报: from a year's records to counted figures, pages and documents."""
