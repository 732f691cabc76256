"""Who: people, collectifs, services, memberships, invitations, sign-in and sessions.

A person (`User`) has a name that others read and a `Credential` (address, password) that nobody else reads.
What a person may do in a collectif hangs on a current `Membership`."""
