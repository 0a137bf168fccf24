"""The hub's inputs that say how the function identifies itself to Loki: values, or ARNs of secrets."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import if_given, is_whole_number, matches


def add_credential_inputs(scope: Construct) -> None:
    """Declare the inputs `loki_credentials` and `loki_credential_arns`.

    The rules on both are those of `loki_credentials`: Terraform finds a cycle where rules of two inputs look at each
    other's.
    """
    _values(scope)
    _arns(scope)


def _values(scope: Construct) -> None:
    variable(
        scope,
        "loki_credentials",
        sensitive=True,
        type="""
            object({
              username     = optional(string, "")
              password     = optional(string, "")
              bearer_token = optional(string, "")
              anonymous    = optional(bool, false)
            })
        """,
        default={},
        description="""
            How the function identifies itself to Loki: exactly one of the three. Each value may be the ARN of a secret
            in `loki_credential_arns` instead.
            - `username` and `password`: basic authentication; on Grafana Cloud the user's number and a token.
            - `bearer_token`: sent as `Authorization: Bearer`.
            - `anonymous`: true for a Loki that asks for nothing, which must then be closed to others by its network.

            The values reach the function's environment and the Terraform state. Keep that state encrypted, or use
            `loki_credential_arns`.
        """,
        validations=(
            Validation(
                f"({_given('username')}) == ({_given('password')})",
                "username and password go together: set both, or neither, each in loki_credentials or, as the ARN of "
                "a secret, in loki_credential_arns.",
            ),
            Validation(
                f"""
                length([for given in [
                  {_given("username")} || {_given("password")},
                  {_given("bearer_token")},
                  var.loki_credentials.anonymous,
                ] : given if given]) == 1
                """,
                "loki_credentials and loki_credential_arns must hold together exactly one kind: username with "
                "password, or bearer_token, or anonymous = true for a Loki that asks for no credentials.",
            ),
            Validation(
                _of_members('var.loki_credentials[name] == "" || var.loki_credential_arns[name] == null'),
                "loki_credential_arns and loki_credentials must not both hold the same of username, password and "
                "bearer_token: remove the value from loki_credentials.",
            ),
            Validation(
                "alltrue([for value in [var.loki_credentials.username, var.loki_credentials.password, "
                'var.loki_credentials.bearer_token] : !can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", value))])',
                "loki_credentials must hold the values themselves. Put the ARN of a secret into loki_credential_arns, "
                "which also lets the function read it.",
            ),
            Validation(
                'can(regex("^([!-~]([ -~]*[!-~])?)?$", var.loki_credentials.bearer_token)) && '
                '!strcontains(var.loki_credentials.username, ":")',
                "loki_credentials.username must be without a colon, and bearer_token without line ends or spaces at "
                "its ends: HTTP cannot carry them. A token read by file() ends in a line end; wrap it in trimspace().",
            ),
        ),
    )


def _arns(scope: Construct) -> None:
    member = "var.loki_credential_arns[name]"
    variable(
        scope,
        "loki_credential_arns",
        type="""
            object({
              username     = optional(string)
              password     = optional(string)
              bearer_token = optional(string)
              kms_key_arns = optional(list(string), [])
              lifetime     = optional(number, 300)
            })
        """,
        default={},
        description="""
            Secrets that the function reads itself, so that no value of them is in a plan, in the Terraform state or in
            the function's environment.
            - `username`, `password`, `bearer_token`: each the whole ARN of a Secrets Manager secret or of an SSM
              parameter; for a secret that holds JSON, with the member's key behind a `#`:
              `arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf#password`.
            - `kms_key_arns`: the customer managed keys that they are encrypted with, if any.
            - `lifetime`: seconds that the function keeps what it has read. It reads again at once when Loki refuses
              the credentials, so that a rotation needs no deployment.

            The function's role may read these secrets and no others. A secret of another account has to allow the
            role, too.
        """,
        validations=(
            Validation(
                _of_members(if_given(member, matches(patterns.CREDENTIAL_ARN, member))),
                "Each of loki_credential_arns must be the whole ARN of a Secrets Manager secret, with the six random "
                "characters at its end, or of an SSM parameter, and behind it a # and the key of a JSON member where "
                "wanted. A value itself belongs into loki_credentials.",
            ),
            Validation(
                "alltrue([for arn in var.loki_credential_arns.kms_key_arns : "
                f"{matches(patterns.KEY_ARN, 'arn')}])",
                "Each of loki_credential_arns.kms_key_arns must be the ARN of a key, "
                "arn:aws:kms:<region>:<account>:key/<id>. An alias does not do: policies name keys.",
            ),
            Validation(
                "length(var.loki_credential_arns.kms_key_arns) == 0 || "
                f'startswith(var.loki.ca_bundle, "arn:") || !{_of_members(f"{member} == null")}',
                "loki_credential_arns.kms_key_arns are the keys of secrets, and there is no secret: give username, "
                "password or bearer_token there, or an ARN as loki.ca_bundle.",
            ),
            Validation(
                is_whole_number("var.loki_credential_arns.lifetime", 0, 86400),
                "loki_credential_arns.lifetime must be a whole number of seconds from 0 to 86400.",
            ),
        ),
    )


def _given(member: str) -> str:
    """Hold when a member is given in either input."""
    return f'var.loki_credentials.{member} != "" || var.loki_credential_arns.{member} != null'


def _of_members(condition: str) -> str:
    """Hold when a condition holds for the `name` of each member that is a secret."""
    return f'alltrue([for name in ["username", "password", "bearer_token"] : {condition}])'
