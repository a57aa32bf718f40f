package archive

// settingVault says what the vault is: spec/vault.md.
const settingVault = "vault"
