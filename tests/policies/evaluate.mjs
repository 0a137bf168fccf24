// Decides calls to AWS by policies. One request a line on standard input, as JSON; one answer a line on standard
// output, in the same order: {"decision", "grants", "denials"}, or {"error"} for a request that can not be decided.
// Ends with its input. evaluator.py is the other end, and says what the members are.
import { createInterface } from "node:readline";

import { getDenialReasons, getGrantReasons, runSimulation } from "@cloud-copilot/iam-simulate";

/** The names of condition operators in an analysis that the evaluator does not know: it takes them for a mismatch. */
function unknownOperators(value) {
  if (value === null || typeof value !== "object") return [];
  const own = value.missingOperator ? [value.operator] : [];
  return [...own, ...Object.values(value).flatMap(unknownOperators)];
}

function named(reasons) {
  return reasons
    .filter((reason) => reason.statementIndex !== undefined)
    .map(({ policyType, policyIdentifier, statementId }) => ({
      kind: policyType,
      policy: policyIdentifier ?? null,
      sid: statementId ?? null,
    }));
}

async function answer({ request, identity, resource, boundary, endpoint }) {
  const policies = (documents) => Object.entries(documents).map(([name, policy]) => ({ name, policy }));
  const simulation = {
    request,
    identityPolicies: policies(identity),
    resourcePolicy: resource ?? undefined,
    permissionBoundaryPolicies: boundary ? policies({ boundary }) : undefined,
    vpcEndpointPolicies: endpoint ? policies({ endpoint }) : undefined,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  const found = await runSimulation(simulation, { simulationMode: "Strict" });
  if (found.resultType === "error") return { error: JSON.stringify(found.errors) };
  if (found.resultType === "wildcard") return { error: "the resource of a request is one resource, without a star" };
  // Left to itself, the evaluator goes on without what it does not know, and a mistake looks like a decision.
  const { analysis, ignoredContextKeys } = found.result;
  if (ignoredContextKeys.length > 0) {
    return { error: `${request.action} has no context key ${ignoredContextKeys.join(", ")}` };
  }
  const operators = unknownOperators(analysis);
  if (operators.length > 0) return { error: `unknown condition operator ${operators.join(", ")}` };
  return {
    decision: found.overallResult,
    grants: named(getGrantReasons(analysis)),
    denials: named(getDenialReasons(analysis)),
  };
}

// The evaluator does not know the keys of KMS's encryption context, whose names are the caller's own. Tags are such
// keys, too: under a tag's name that nothing else has, it compares them as it should.
const known = (line) => line.replaceAll('"kms:EncryptionContext:', '"aws:PrincipalTag/kms:EncryptionContext:');

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(JSON.parse(known(line))).catch((error) => ({ error: String(error) }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
