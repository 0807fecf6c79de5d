/* SPDX-License-Identifier: BSD-3-Clause */
/* Which name servers there are, for the C library: in a file, unless the image
 * has brought one. */
#include <string.h>
#include <lwip/dns.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/vfs.h>

#define PATH "/etc/resolv.conf"

static int tell(void)
{
	static const char word[] = "nameserver ";
	char text[DNS_MAX_SERVERS * (sizeof(word) + IPADDR_STRLEN_MAX)];
	size_t len = 0;
	int rc;

	for (u8_t i = 0; i < DNS_MAX_SERVERS; i++) {
		const ip_addr_t *ip = dns_getserver(i);

		if (ip_addr_isany(ip))
			continue;
		memcpy(text + len, word, sizeof(word) - 1);
		len += sizeof(word) - 1;
		ipaddr_ntoa_r(ip, text + len, IPADDR_STRLEN_MAX);
		len += strlen(text + len);
		text[len++] = '\n';
	}
	rc = len ? uk_vfs_mkdir("/etc", 0755) : 0;
	if (len && !rc)
		rc = uk_vfs_write(PATH, 0644, text, len);
	if (rc)
		uk_pr_warn(PATH " cannot be written (error %d)\n", -rc);
	return 0;
}
/* After the address, with which they come. */
uk_late_initcall_prio(tell, 6);
