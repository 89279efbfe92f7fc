"""The subcommands of `ibasho`: what each is called and takes, and, loaded only when it is called, what it does."""
