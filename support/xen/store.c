/* SPDX-License-Identifier: BSD-3-Clause */
/* One transaction: who reads this sees all of it or nothing. */
#include "xenrun.h"

#include <errno.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <linux/sockios.h>
#include <unistd.h>
#include <xenstore.h>

#define XVDA 51712
#define PATH 160
#define TRIES 400	/* for the back end's interface, 5 ms each */

static struct xs_handle *xs;
static xs_transaction_t now;
static bool failed;

__attribute__((format(printf, 3, 4)))
static void put(const char *folder, const char *name, const char *form, ...)
{
	char path[PATH], value[PATH];
	va_list args;

	va_start(args, form);
	vsnprintf(value, sizeof(value), form, args);
	va_end(args);
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (!xs_write(xs, now, path, value, (unsigned int)strlen(value)))
		failed = true;
}

/* A folder that `owner` may write and `reader` may read. */
static void folder(const char *path, uint32_t owner, uint32_t reader)
{
	struct xs_permissions who[2] = {
		{ .id = owner, .perms = XS_PERM_NONE },
		{ .id = reader, .perms = XS_PERM_READ },
	};

	if (!xs_mkdir(xs, now, path) ||
	    !xs_set_permissions(xs, now, path, who, 2))
		failed = true;
}

static void inside(const struct domain *d, const char *name, uint32_t owner,
		   uint32_t reader)
{
	char path[PATH];

	snprintf(path, sizeof(path), "/local/domain/%u/%s", d->id, name);
	folder(path, owner, reader);
}

/* Both ends of a device; their folders are returned. */
static void device(const struct domain *d, const char *kind, int number,
		   char *front, char *back)
{
	snprintf(front, PATH, "/local/domain/%u/device/%s/%d", d->id, kind,
		 number);
	snprintf(back, PATH, "/local/domain/0/backend/%s/%u/%d", kind, d->id,
		 number);
	folder(front, d->id, 0);
	folder(back, 0, d->id);
	put(front, "backend", "%s", back);
	put(front, "backend-id", "0");
	put(front, "state", "1");
	put(back, "frontend", "%s", front);
	put(back, "frontend-id", "%u", d->id);
	put(back, "online", "1");
	put(back, "state", "1");
}

static void card(const struct guest *g, const struct domain *d)
{
	char front[PATH], back[PATH];

	device(d, "vif", 0, front, back);
	put(front, "mac", "%s", g->mac);
	put(front, "handle", "0");
	put(back, "mac", "%s", g->mac);
	put(back, "handle", "0");
	put(back, "bridge", "%s", g->bridge);
	put(back, "script", "%s", "");	/* the back end waits for the name */
}

static void disk(const struct guest *g, const struct domain *d)
{
	char front[PATH], back[PATH];
	struct stat st;

	if (stat(g->disk, &st) || !S_ISBLK(st.st_mode)) {
		failed = true;
		return;
	}
	device(d, "vbd", XVDA, front, back);
	put(front, "virtual-device", "%d", XVDA);
	put(front, "device-type", "disk");
	put(back, "params", "%s", g->disk);
	put(back, "type", "phy");
	put(back, "mode", "w");
	put(back, "dev", "xvda");
	put(back, "physical-device", "%x:%x", major(st.st_rdev),
	    minor(st.st_rdev));
}

/* What a hotplug script would do; the back end waits for the word. */
static int join_bridge(const char *bridge, uint32_t id)
{
	struct ifreq req = { 0 };
	char name[IFNAMSIZ];
	unsigned int i, index = 0;
	int s = socket(AF_INET, SOCK_DGRAM, 0), rc;

	snprintf(name, sizeof(name), "vif%u.0", id);
	for (i = 0; i < TRIES && !(index = if_nametoindex(name)); i++)
		usleep(5000);
	snprintf(req.ifr_name, IFNAMSIZ, "%s", bridge);
	req.ifr_ifindex = (int)index;
	rc = ioctl(s, SIOCBRADDIF, &req);
	memset(&req, 0, sizeof(req));
	snprintf(req.ifr_name, IFNAMSIZ, "%s", name);
	rc |= ioctl(s, SIOCGIFFLAGS, &req);
	req.ifr_flags |= IFF_UP;
	rc |= ioctl(s, SIOCSIFFLAGS, &req);
	close(s);
	return rc;
}

static void describe(const struct guest *g, const struct domain *d)
{
	char base[PATH];

	snprintf(base, sizeof(base), "/local/domain/%u", d->id);
	xs_rm(xs, now, base);
	folder(base, 0, d->id);
	put(base, "domid", "%u", d->id);
	put(base, "cpu/0/availability", "online");
	inside(d, "device", 0, d->id);
	inside(d, "control", d->id, 0);
	inside(d, "data", d->id, 0);
	if (g->mac)
		card(g, d);
	if (g->disk)
		disk(g, d);
}

int store_announce(const struct guest *g, const struct domain *d)
{
	char back[PATH];
	bool again;

	xs = xs_open(0);
	if (!xs)
		return -1;
	do {
		now = xs_transaction_start(xs);
		failed = now == XBT_NULL;
		describe(g, d);
		again = !failed && !xs_transaction_end(xs, now, false);
		failed |= again && errno != EAGAIN;
	} while (again && !failed);
	if (failed || !xs_introduce_domain(xs, d->id,
					   (unsigned int)d->store_frame,
					   d->store_port))
		return -1;
	mark("in xenstore");
	if (!g->mac)
		return 0;
	if (join_bridge(g->bridge, d->id))
		return -1;
	now = XBT_NULL;
	snprintf(back, sizeof(back), "/local/domain/0/backend/vif/%u/0", d->id);
	put(back, "hotplug-status", "connected");
	mark("on the bridge");
	return failed ? -1 : 0;
}

void store_withdraw(const struct domain *d)
{
	static const char *const trees[] = {
		"/local/domain/0/backend/vif/%u",
		"/local/domain/0/backend/vbd/%u", "/local/domain/%u",
	};
	char path[PATH];
	unsigned int i;

	if (!xs)
		return;
	for (i = 0; i < sizeof(trees) / sizeof(trees[0]); i++) {
		snprintf(path, sizeof(path), trees[i], d->id);
		xs_rm(xs, XBT_NULL, path);
	}
	xs_release_domain(xs, d->id);
}

int store_request(const struct domain *d, const char *word)
{
	char folder[PATH];

	now = XBT_NULL;
	failed = false;
	snprintf(folder, sizeof(folder), "/local/domain/%u/control", d->id);
	put(folder, "shutdown", "%s", word);
	return failed ? -1 : 0;
}
