"""What late visits cost: against the own pace and the service's standard, how sure, and as first published."""
