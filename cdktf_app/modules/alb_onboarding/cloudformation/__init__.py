"""The onboarding as a CloudFormation template, for those who do not use Terraform.

What the function may do, hears of and gets is that of the Terraform module, from the same Python.
"""

from cdktf_app.modules.alb_onboarding.cloudformation.template import template_text

__all__ = ["template_text"]
