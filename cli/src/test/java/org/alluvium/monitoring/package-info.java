/** What operators watch, held to what there is: the table of metrics, alert rules, and Grafana's dashboards. */
package org.alluvium.monitoring;
