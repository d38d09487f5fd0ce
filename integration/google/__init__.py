"""The only room that knows Google: scopes, sign-in, the wire, one call, the quota, and Classroom."""
