"""Pictures of the modules, drawn from what is synthesized: from its resources, and what refers to what."""
