"""Writes what a plan says, and says what S3 refuses about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.buckets import inspection, patience, policy
from onboarding.buckets.inspection import permitted
from onboarding.buckets.plan import Plan
from onboarding.buckets.rules import Rule, rules_of, service_of
from onboarding.errors import RefusalError
from onboarding.settings import Place

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from onboarding.state.lock import Lock


class Writer:
    """Writes a bucket's policy and notifications while the lock is held."""

    def __init__(self, s3: S3Client, place: Place, bucket: str, lock: Lock) -> None:
        self._s3 = s3
        self._place = place
        self._bucket = bucket
        self._lock = lock

    def write(self, plan: Plan, fallback: policy.Document | None) -> None:
        """Write what differs: who is told comes after who may read, and is taken out before.

        Args:
            plan: What is to be.
            fallback: The policy to put back when S3 refuses the notifications.

        Raises:
            RefusalError: S3 does not take it. The bucket is as before.
        """
        if plan.notifications.only_takes_out:
            self._put_notifications(plan)
            self._put_policy(plan)
            return
        self._put_policy(plan)
        try:
            self._put_notifications(plan)
        except RefusalError:
            if plan.policy.differs:
                self._put_back(plan, fallback)
            raise

    def _put_policy(self, plan: Plan) -> None:
        if not plan.policy.differs:
            return
        self._lock.check()
        self._put_document(plan.policy_text, names_new=bool(plan.policy.added or plan.policy.changed))

    def _put_document(self, text: str, *, names_new: bool = False) -> None:
        def put() -> None:
            if names_new:
                patience.for_principal(lambda: self._send_document(text), self._lock)
            else:
                self._send_document(text)

        try:
            patience.on_bucket(put, self._lock)
        except ClientError as error:
            code, said = error_code(error), _said(error)
            # Which of the two it is for a policy that is too long is not documented.
            if code not in ("MalformedPolicy", "PolicyTooLarge"):
                raise
            raise RefusalError(
                f"S3 refused the policy of bucket {self._bucket}: {said}.",
                policy.SHORTEN
                if code == "PolicyTooLarge" or "size" in said
                else "If a principal is invalid, it does not exist (any more): correct the hub's role and the "
                "readers, or take the statement of others that names it out of the policy.",
            ) from error

    def _send_document(self, text: str) -> None:
        owner = self._place.account_id
        if text:
            with permitted("s3:PutBucketPolicy", self._bucket):
                self._s3.put_bucket_policy(Bucket=self._bucket, Policy=text, ExpectedBucketOwner=owner)
        else:
            with permitted("s3:DeleteBucketPolicy", self._bucket):
                self._s3.delete_bucket_policy(Bucket=self._bucket, ExpectedBucketOwner=owner)

    def _put_back(self, plan: Plan, fallback: policy.Document | None) -> None:
        present = patience.on_bucket(
            lambda: inspection.policy(self._s3, self._place, self._bucket), self._lock
        )
        if policy.canonical(present) == policy.canonical(plan.policy.document):
            self._put_document(policy.rendered(fallback) if fallback else "")

    def _put_notifications(self, plan: Plan) -> None:
        if not plan.notifications.differs:
            return
        self._lock.check()
        try:
            patience.on_bucket(
                lambda: patience.to_destination(lambda: self._send_notifications(plan), self._lock),
                self._lock,
            )
        except ClientError as error:
            if error_code(error) != "InvalidArgument":
                raise
            raise self._refusal(plan, error) from error

    def _send_notifications(self, plan: Plan) -> None:
        wanted = plan.notifications
        with permitted("s3:PutBucketNotification", self._bucket):
            self._s3.put_bucket_notification_configuration(
                Bucket=self._bucket,
                NotificationConfiguration=cast("Any", wanted.configuration),
                ExpectedBucketOwner=self._place.account_id,
                # Rules whose destination is gone do not stand in the way of taking ours out.
                SkipDestinationValidation=wanted.only_takes_out,
            )

    def _refusal(self, plan: Plan, error: ClientError) -> RefusalError:
        said = _said(error)
        new = [*plan.notifications.added, *plan.notifications.changed]
        ours = {rule.destination for rule in new}
        others = [
            rule for rule, _ in rules_of(plan.notifications.configuration) if rule.destination not in ours
        ]
        stale = [rule for rule in others if rule.destination in said]
        if stale and not any(destination in said for destination in ours):
            return RefusalError(
                f"S3 refused the notifications of bucket {self._bucket} because of the rule of others {stale[0]}: "
                f"{said}.",
                "Delete that rule if its destination does not exist any more, or let S3 send to it.",
            )
        return RefusalError(
            f"S3 may not tell {new[0].destination} of new objects in bucket {self._bucket}: {said}.",
            self._remedy(new[0]),
        )

    def _remedy(self, rule: Rule) -> str:
        if service_of(rule.destination) == "sns":
            return (
                f"Let the topic's policy, and that of its key, allow s3.amazonaws.com to publish for account "
                f"{self._place.account_id} and bucket {self._bucket}."
            )
        return (
            f'Name {{ account_id = "{self._place.account_id}", bucket_name = "{self._bucket}" }} in the input `spokes` '
            "of the hub, apply the hub, and run again."
        )


def _said(error: ClientError) -> str:
    """All that S3 said: which destination or principal it means is not in the message."""
    found = error.response.get("Error", {})
    return "; ".join(
        dict.fromkeys(
            str(value) for key, value in found.items() if key not in ("Code", "RequestId", "HostId") and value
        )
    )
