"""What `cdktf deploy` deploys: the deployment file, and the stacks that it becomes."""
