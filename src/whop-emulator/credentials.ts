/** What the emulator accepts: fixed, worthless outside it, and with Whop's prefixes (contract 0.2, A.12). */
export const EMULATOR_CREDENTIALS = {
  apiKey: 'apik_emulator_GigFlowPlatform_C0000001',
  platformCompanyId: 'biz_EmuPlatform001',
  oauthClientId: 'app_EmuGigFlow0001',
  oauthClientSecret: 'apik_emulator_GigFlowOAuth_A0000001',
  webhookSecret: 'ws_e3017a70e3017a70e3017a70e3017a70e3017a70e3017a70e3017a70e3017a70',
} as const;
