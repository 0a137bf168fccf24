# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

# Widgets without a position go to the next free one: rows that are not wanted leave no gap.
resource "aws_cloudwatch_dashboard" "this" {
  count = var.monitoring.dashboard ? 1 : 0

  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = concat(
      [
        for widget in [{
          type   = "alarm"
          width  = 24
          height = 2
          properties = {
            title  = "Alarms"
            alarms = values(local.alarm_arns)
          }
        }] : widget
        if var.monitoring.alarms
      ],
      [
        for widget in [
          {
            type   = "metric"
            width  = 12
            height = 6
            properties = {
              title  = "Lines"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                }
              }
              metrics = [
                [
                  var.metrics_namespace,
                  "LinesRead",
                  "FunctionName",
                  var.name,
                  {
                    label = "read"
                    color = "#7f7f7f"
                  },
                ],
                [
                  var.metrics_namespace,
                  "LinesSent",
                  "FunctionName",
                  var.name,
                  {
                    label = "sent"
                    color = "#2ca02c"
                  },
                ],
                [
                  var.metrics_namespace,
                  "LinesDropped",
                  "FunctionName",
                  var.name,
                  {
                    label = "dropped on purpose"
                    color = "#1f77b4"
                  },
                ],
                [
                  var.metrics_namespace,
                  "LinesCut",
                  "FunctionName",
                  var.name,
                  {
                    label = "cut"
                    color = "#ff7f0e"
                  },
                ],
                [
                  var.metrics_namespace,
                  "LinesRefused",
                  "FunctionName",
                  var.name,
                  {
                    label = "refused by Loki"
                    color = "#d62728"
                  },
                ],
              ]
            }
          },
          {
            type   = "metric"
            width  = 12
            height = 6
            properties = {
              title  = "Objects"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                }
              }
              metrics = [
                [
                  var.metrics_namespace,
                  "ObjectsDelivered",
                  "FunctionName",
                  var.name,
                  {
                    label = "delivered"
                    color = "#2ca02c"
                  },
                ],
                [
                  var.metrics_namespace,
                  "ObjectsSkipped",
                  "FunctionName",
                  var.name,
                  {
                    label = "skipped"
                    color = "#7f7f7f"
                  },
                ],
                [
                  var.metrics_namespace,
                  "ObjectsContinued",
                  "FunctionName",
                  var.name,
                  {
                    label = "continued later"
                    color = "#1f77b4"
                  },
                ],
                [
                  var.metrics_namespace,
                  "ObjectsFailed",
                  "FunctionName",
                  var.name,
                  {
                    label = "failed, tried again"
                    color = "#d62728"
                  },
                ],
              ]
            }
          },
          {
            type   = "metric"
            width  = 12
            height = 6
            properties = {
              title  = "Delay from a line's time to Loki"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                  label     = "Seconds"
                }
              }
              metrics = [
                [
                  var.metrics_namespace,
                  "DeliveryDelay",
                  "FunctionName",
                  var.name,
                  {
                    label = "half are below"
                    color = "#1f77b4"
                    stat  = "p50"
                  },
                ],
                [
                  var.metrics_namespace,
                  "DeliveryDelay",
                  "FunctionName",
                  var.name,
                  {
                    label = "99 of 100 are below"
                    color = "#ff7f0e"
                    stat  = "p99"
                  },
                ],
                [
                  var.metrics_namespace,
                  "DeliveryDelay",
                  "FunctionName",
                  var.name,
                  {
                    label = "most"
                    color = "#7f7f7f"
                    stat  = "Maximum"
                  },
                ],
              ]
              annotations = {
                horizontal = [{
                  label = "alarm"
                  value = var.monitoring.delivery_delay_seconds
                  color = "#d62728"
                }]
              }
            }
          },
          {
            type   = "metric"
            width  = 12
            height = 6
            properties = {
              title  = "Loki's answer to a push"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                  label     = "Milliseconds"
                }
              }
              metrics = [
                [
                  var.metrics_namespace,
                  "PushLatency",
                  "FunctionName",
                  var.name,
                  {
                    label = "half are below"
                    color = "#1f77b4"
                    stat  = "p50"
                  },
                ],
                [
                  var.metrics_namespace,
                  "PushLatency",
                  "FunctionName",
                  var.name,
                  {
                    label = "99 of 100 are below"
                    color = "#ff7f0e"
                    stat  = "p99"
                  },
                ],
                [
                  var.metrics_namespace,
                  "PushLatency",
                  "FunctionName",
                  var.name,
                  {
                    label = "most"
                    color = "#7f7f7f"
                    stat  = "Maximum"
                  },
                ],
              ]
            }
          },
          {
            type   = "metric"
            width  = 12
            height = 6
            properties = {
              title  = "Bytes"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                  label     = "Bytes"
                }
              }
              metrics = [
                [
                  var.metrics_namespace,
                  "BytesRead",
                  "FunctionName",
                  var.name,
                  {
                    label = "read, unpacked"
                    color = "#7f7f7f"
                  },
                ],
                [
                  var.metrics_namespace,
                  "BytesSent",
                  "FunctionName",
                  var.name,
                  {
                    label = "sent, compressed"
                    color = "#2ca02c"
                  },
                ],
              ]
            }
          },
          {
            type   = "metric"
            width  = 12
            height = 6
            properties = {
              title  = "Pushes that had to be made again"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                }
              }
              metrics = [[
                var.metrics_namespace,
                "Retries",
                "FunctionName",
                var.name,
                {
                  label = "retries"
                  color = "#ff7f0e"
                },
              ]]
            }
          },
        ] : widget
        if local.use_metrics
      ],
      [
        {
          type   = "metric"
          width  = 8
          height = 6
          properties = {
            title  = "Function: invocations"
            region = local.region
            view   = "timeSeries"
            stat   = "Sum"
            period = 300
            yAxis = {
              left = {
                min       = 0
                showUnits = false
              }
            }
            metrics = [
              [
                "AWS/Lambda",
                "Invocations",
                "FunctionName",
                var.name,
                {
                  label = "invocations"
                  color = "#2ca02c"
                },
              ],
              [
                "AWS/Lambda",
                "Errors",
                "FunctionName",
                var.name,
                {
                  label = "errors"
                  color = "#d62728"
                },
              ],
              [
                "AWS/Lambda",
                "Throttles",
                "FunctionName",
                var.name,
                {
                  label = "throttled"
                  color = "#ff7f0e"
                },
              ],
            ]
          }
        },
        {
          type   = "metric"
          width  = 8
          height = 6
          properties = {
            title  = "Function: duration"
            region = local.region
            view   = "timeSeries"
            stat   = "Sum"
            period = 300
            yAxis = {
              left = {
                min       = 0
                showUnits = false
                label     = "Milliseconds"
              }
            }
            metrics = [
              [
                "AWS/Lambda",
                "Duration",
                "FunctionName",
                var.name,
                {
                  label = "half are below"
                  color = "#1f77b4"
                  stat  = "p50"
                },
              ],
              [
                "AWS/Lambda",
                "Duration",
                "FunctionName",
                var.name,
                {
                  label = "99 of 100 are below"
                  color = "#ff7f0e"
                  stat  = "p99"
                },
              ],
              [
                "AWS/Lambda",
                "Duration",
                "FunctionName",
                var.name,
                {
                  label = "most"
                  color = "#7f7f7f"
                  stat  = "Maximum"
                },
              ],
            ]
            annotations = {
              horizontal = [{
                label = "timeout"
                value = var.function.timeout * 1000
                color = "#d62728"
              }]
            }
          }
        },
        {
          type   = "metric"
          width  = 8
          height = 6
          properties = {
            title  = "Function: at once"
            region = local.region
            view   = "timeSeries"
            stat   = "Sum"
            period = 300
            yAxis = {
              left = {
                min       = 0
                showUnits = false
              }
            }
            metrics = [[
              "AWS/Lambda",
              "ConcurrentExecutions",
              "FunctionName",
              var.name,
              {
                label = "executions"
                color = "#1f77b4"
                stat  = "Maximum"
              },
            ]]
          }
        },
      ],
      [
        for widget in [
          {
            type   = "metric"
            width  = 8
            height = 6
            properties = {
              title  = "Queue: messages"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                }
              }
              metrics = [
                [
                  "AWS/SQS",
                  "ApproximateNumberOfMessagesVisible",
                  "QueueName",
                  var.name,
                  {
                    label = "waiting"
                    color = "#1f77b4"
                    stat  = "Maximum"
                  },
                ],
                [
                  "AWS/SQS",
                  "ApproximateNumberOfMessagesNotVisible",
                  "QueueName",
                  var.name,
                  {
                    label = "with the function"
                    color = "#2ca02c"
                    stat  = "Maximum"
                  },
                ],
              ]
            }
          },
          {
            type   = "metric"
            width  = 8
            height = 6
            properties = {
              title  = "Queue: age of the oldest message"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                  label     = "Seconds"
                }
              }
              metrics = [[
                "AWS/SQS",
                "ApproximateAgeOfOldestMessage",
                "QueueName",
                var.name,
                {
                  label = "age"
                  color = "#1f77b4"
                  stat  = "Maximum"
                },
              ]]
              annotations = {
                horizontal = [{
                  label = "alarm"
                  value = var.monitoring.oldest_message_age_seconds
                  color = "#d62728"
                }]
              }
            }
          },
          {
            type   = "metric"
            width  = 8
            height = 6
            properties = {
              title  = "Dead letters"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                }
              }
              metrics = [[
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                "QueueName",
                "${var.name}-dead-letter",
                {
                  label = "given up"
                  color = "#d62728"
                  stat  = "Maximum"
                },
              ]]
            }
          },
        ] : widget
        if local.use_queue
      ],
      [
        for widget in [
          {
            type   = "metric"
            width  = 8
            height = 6
            properties = {
              title  = "Events of S3"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                }
              }
              metrics = [
                [
                  "AWS/Lambda",
                  "AsyncEventsReceived",
                  "FunctionName",
                  var.name,
                  {
                    label = "received"
                    color = "#2ca02c"
                  },
                ],
                [
                  "AWS/Lambda",
                  "AsyncEventsDropped",
                  "FunctionName",
                  var.name,
                  {
                    label = "given up"
                    color = "#d62728"
                  },
                ],
              ]
            }
          },
          {
            type   = "metric"
            width  = 8
            height = 6
            properties = {
              title  = "Events of S3: age when the function starts"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                  label     = "Milliseconds"
                }
              }
              metrics = [
                [
                  "AWS/Lambda",
                  "AsyncEventAge",
                  "FunctionName",
                  var.name,
                  {
                    label = "half are below"
                    color = "#1f77b4"
                    stat  = "p50"
                  },
                ],
                [
                  "AWS/Lambda",
                  "AsyncEventAge",
                  "FunctionName",
                  var.name,
                  {
                    label = "99 of 100 are below"
                    color = "#ff7f0e"
                    stat  = "p99"
                  },
                ],
                [
                  "AWS/Lambda",
                  "AsyncEventAge",
                  "FunctionName",
                  var.name,
                  {
                    label = "most"
                    color = "#7f7f7f"
                    stat  = "Maximum"
                  },
                ],
              ]
            }
          },
          {
            type   = "metric"
            width  = 8
            height = 6
            properties = {
              title  = "Dead letters"
              region = local.region
              view   = "timeSeries"
              stat   = "Sum"
              period = 300
              yAxis = {
                left = {
                  min       = 0
                  showUnits = false
                }
              }
              metrics = [[
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                "QueueName",
                "${var.name}-dead-letter",
                {
                  label = "given up"
                  color = "#d62728"
                  stat  = "Maximum"
                },
              ]]
            }
          },
        ] : widget
        if !local.use_queue
      ],
      [{
        type   = "log"
        width  = 24
        height = 8
        properties = {
          title  = "What failed or was refused last"
          region = local.region
          view   = "table"
          query  = "SOURCE '${aws_cloudwatch_log_group.this.name}' | fields @timestamp, outcome, reason, first_refusal, bucket, key | filter level = \"ERROR\" | sort @timestamp desc | limit 50"
        }
      }]
    )
  })
}
