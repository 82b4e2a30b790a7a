/** Reminds patients of what their therapy plans ask for: a day ahead in a table of its own, and as Tasks when it is time. */
@NullMarked
package eu.sinusnode.server.reminders;

import org.jspecify.annotations.NullMarked;
