export const checkPolicies = ["enforce", "warn", "off"] as const;
/** What happens on a violation: the request ends there, it is only recorded, or nobody looks. */
export type CheckPolicy = (typeof checkPolicies)[number];

export interface Policy {
  readonly requests: CheckPolicy;
  readonly responses: CheckPolicy;
  /** No flag can make it milder. */
  readonly isFixed?: boolean;
}
