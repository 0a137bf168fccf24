"""What names, ids and addresses look like: regular expressions that Terraform (RE2) and Python read alike.

The modules' validations and the deployment file's model both use them.
"""

from __future__ import annotations

ACCOUNT_ID = r"^[0-9]{12}$"

NAME = r"^[a-zA-Z0-9_-]{1,40}$"
"""Of a hub; the names made from it have to fit IAM's and Lambda's limit of 64."""

BUCKET_NAME = r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"
"""S3's naming rules (Amazon S3 User Guide, "General purpose bucket naming rules")."""

BUCKET_NAME_RESERVED = (
    r"[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-"
    r"|-s3alias$|--ol-s3$|--x-s3$|--table-s3$|[.]mrap$"
)
"""What a bucket's name must not have: two dots, the form of an address, prefixes and suffixes that S3 keeps."""

PREFIX = r"^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$"
"""The characters that S3 calls safe in a key ("Naming Amazon S3 objects"), without `*`.

Others have to be encoded in a notification's filter, and `*`, `?` and `$` mean something in a policy.
"""

TENANT_ID = r"^[a-zA-Z0-9!_.*'()-]{0,150}$"
"""Loki's rule for X-Scope-OrgID (Grafana Loki, "Manage tenant isolation"); empty for none."""

WRITE_ADDRESS = r"^https?://[^/?#@\s]+/[^#\s]*$"
"""A URL with host and path, without credentials and fragment."""

CREDENTIAL_ARN = (
    r"^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@-]+-[a-zA-Z0-9]{6}"
    r"|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[a-zA-Z0-9_./-]+)(#.+)?$"
)
"""Of a Secrets Manager secret or an SSM parameter, with the key of one member behind a `#` where it holds JSON.

A secret's ARN ends in six random characters (AWS Secrets Manager User Guide, "Secret"), and a policy needs them.
"""

KEY_ARN = r"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$"
"""Of a KMS key; in a policy the ARN of an alias is not that of its key."""

ORGANIZATION_ID = r"^(o-[a-z0-9]{10,32})?$"
"""AWS Organizations' rule (Organization, AWS Organizations API reference); empty for none."""

IAM_PATH = r"^/([a-zA-Z0-9+=,.@_-]+/)*$"
"""IAM's rule for paths, in the characters of its names (IAM User Guide, "IAM and AWS STS quotas")."""

IAM_POLICY_ARN = r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[a-zA-Z0-9+=,.@_/-]+$"

CODE_SIGNING_CONFIG_ARN = r"^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:code-signing-config:csc-[a-z0-9]{17}$"
"""AWS Lambda API reference, CodeSigningConfig."""

RESERVED_VARIABLE_NAME = (
    r"^(AWS_(REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN"
    r"|LAMBDA_(FUNCTION_NAME|FUNCTION_MEMORY_SIZE|FUNCTION_VERSION|INITIALIZATION_TYPE|LOG_GROUP_NAME|LOG_STREAM_NAME"
    r"|RUNTIME_API))|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$"
)
"""What Lambda sets itself (AWS Lambda Developer Guide, "Defined runtime environment variables"), without what has an
underscore in front, which is no variable's name at all."""

VARIABLE_NAME = r"^[a-zA-Z][a-zA-Z0-9_]+$"
"""Of an environment variable (AWS Lambda API reference, Environment)."""

REFUSED_DESTINATION = (
    r"^(arn:aws[a-z-]*:(sqs:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,80}"
    r"|s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[a-zA-Z0-9!_.'()-]+)*))?$"
)
"""The ARN of a standard queue, or of a bucket with a key prefix behind it; empty for none."""

TOPIC_ARN = r"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}([.]fifo)?$"

STANDARD_TOPIC_ARN = r"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}$"
"""Of a topic that S3 publishes to, which is no FIFO topic (Amazon S3 User Guide, "Amazon S3 Event Notifications")."""

FUNCTION_ARN = r"^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+$"

QUEUE_ARN = r"^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,80}$"
"""Of a standard queue."""

ROLE_ARN = r"^arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+$"

READER_ARN = r"^arn:aws[a-z-]*:iam::[0-9]{12}:(root|(role|user)/.+)$"
"""Of what a bucket's policy can name: an account as a whole, a role or a user."""

LOAD_BALANCER_ARN = r"^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/.+$"

LOAD_BALANCER_NAME = r"^[a-zA-Z0-9-]{1,32}$"

LOAD_BALANCER_NAME_PATTERN = r"^[a-zA-Z0-9*?-]+$"

ONBOARDING_NAME = r"^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$"
"""Of an onboarding. Statement ids are made of it without its hyphens, so two names must not become one id."""

BUCKET_PATTERN = r"^[a-z0-9.*?-]{1,63}$"
"""A bucket's name in a policy, in which `*` and `?` stand for others."""

ZONE_NAME = r"^[a-z]{2,4}(-[a-z]+)+-[0-9]+[a-z]$"
"""Of an Availability Zone, such as `us-gov-west-1a`; a Local Zone has a place in the middle, a zone id no letter."""

SUBNET_ID = r"^subnet-[0-9a-f]+$"
SECURITY_GROUP_ID = r"^sg-[0-9a-f]+$"

LABEL_NAME = r"^[a-zA-Z_][a-zA-Z0-9_]*$"
"""Prometheus's rule for the name of a label ("Data model"), which is Loki's too."""

FIELD_NAME = r"^[a-z][a-z0-9_]*$"
"""The form of the names that the function gives to a log line's fields; it knows itself which there are."""

BUCKET_GLOB = r"^[a-z0-9.*?!\[\]-]+$"

KEY_PREFIX = r"^[^/\s][^\s]*$"

METRICS_NAMESPACE = r"^([a-zA-Z0-9._/#-][a-zA-Z0-9._/#:-]{0,254})?$"
"""CloudWatch's rule (PutMetricData, Amazon CloudWatch API reference), without spaces; empty for none."""

REGION = r"^[a-z]{2,4}(-[a-z]+)+-[0-9]+$"
"""Of the code of an AWS region, also of one that is yet to open."""
