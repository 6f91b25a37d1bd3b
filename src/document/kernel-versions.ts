/**
 * Which kernel a listing was taken from, told by identifiers that others do not have.
 *
 * In: the tokens of a function. Out: its marks. Only names are facts here: what came with 2.5 and later, what was gone
 * before 2.4, and what only 2.4 has in the socket layer.
 */
import type { KernelEra } from './document-model';
import { Lex, type ListingTokens } from './lex-listing';

export interface EraMark {
  readonly era: KernelEra;
  readonly identifier: string;
  /** Index of its token. */
  readonly token: number;
}

const words: Readonly<Record<Exclude<KernelEra, '2.4'>, ReadonlySet<string>>> = {
  'after-2.4': new Set(
    (
      '__user __percpu __rcu __bitwise __sched inet_sk inet_csk tcp_sk udp_sk unix_sk sock_net ' +
      'dev_net init_net sock_owned_by_user_nocheck request_sock inet_request_sock inet_connection_sock tcp_sock ' +
      'inet_sock raw_sock udp_sock inet_timewait_sock sock_common tcp_hdr udp_hdr ip_hdr icmp_hdr eth_hdr arp_hdr ' +
      'inet_hashinfo rcu_read_lock rcu_read_unlock rcu_dereference rcu_assign_pointer call_rcu ' +
      'synchronize_rcu kzalloc kcalloc module_param READ_ONCE WRITE_ONCE ACCESS_ONCE mutex_lock mutex_unlock mutex_init kmemdup kvmalloc ' +
      'gfp_t __gfp_t napi_struct napi_schedule napi_complete napi_gro_receive netif_napi_add per_cpu ' +
      'this_cpu_ptr __get_cpu_var get_cpu_var put_cpu_var this_cpu_inc this_cpu_dec for_each_possible_cpu ' +
      'for_each_online_cpu hlist_head hlist_node hlist_for_each_entry hlist_for_each_entry_rcu hlist_add_head ' +
      'list_for_each_entry_rcu list_add_rcu list_del_rcu pr_err pr_warn ' +
      'pr_err_once WARN_ON_ONCE lockdep_assert_held ktime_t ktime_get hrtimer work_struct delayed_work ' +
      'schedule_work INIT_WORK kthread_run kthread_create kiocb iov_iter sk_buff_data_t netdev_tx_t netdev_features_t ' +
      'net_device_ops netdev_queue flowi4 nf_hook_state sockptr_t copy_from_iter copy_to_iter ' +
      'fdget fdput fd_install_received get_unused_fd_flags sock_alloc_file security_socket_create ' +
      'security_socket_bind security_socket_listen security_socket_connect security_socket_accept ' +
      'security_socket_sendmsg security_socket_recvmsg sockfd_lookup_light fput_light ' +
      'sk_family module_get __module_get task_pid_nr nsproxy ' +
      'user_namespace net_generic pernet_operations register_pernet_subsys genl_family nla_put nlattr cgroup cpumask_t ' +
      'folio vm_fault sched_entity cfs_rq lruvec static_key tracepoint bpf_prog ' +
      'kobject kref kset cdev_init cdev_add class_create device_create platform_device platform_driver device_driver ' +
      'of_device_id thread_info current_thread_info task_thread_info task_stack_page set_tsk_thread_flag upid ' +
      'pid_namespace mnt_namespace anon_vma preempt_disable preempt_enable sched_class sched_domain seqlock_t ' +
      'raw_spinlock_t rt_mutex DEFINE_MUTEX DEFINE_SPINLOCK DEFINE_PER_CPU skb_dst skb_is_gso skb_network_header ' +
      'skb_transport_header skb_reset_network_header skb_end_pointer radix_tree_root eventpoll epitem ep_poll ' +
      'copy_process dup_task_struct kernel_clone_args mem_cgroup timer_setup xt_table nf_conn udp_table pud_t ' +
      'sighand_struct core_initcall late_initcall generic_handle_irq irq_data'
    ).split(' '),
  ),
  'before-2.4': new Set(
    (
      'memcpy_fromfs memcpy_tofs FREE_READ FREE_WRITE SO_ACCEPTCON get_fs_long put_fs_long get_fs_byte put_fs_byte ' +
      'put_user_long get_user_long get_fs_word put_fs_word destroy_sock put_sock get_sock ' +
      'ip_rt_route tcp_find_established tcp_dequeue_established ip_build_header tcp_read_wakeup ' +
      'tcp_enqueue_partial tcp_dequeue_partial reset_timer net_timer TIME_WRITE ' +
      'TIME_CLOSE get_fd inet_proto_ops sock_wakeup sock_awaitconn ' +
      'ip_chk_addr my_addr ip_my_addr ' +
      'sock_rspace'
    ).split(' '),
  ),
};

/** Members, by the name before them where that matters. */
const members: readonly (readonly [base: RegExp | undefined, member: RegExp, era: KernelEra])[] = [
  [undefined, /^(?:sk|skc|icsk|inet|tw|ir|rsk)_[a-z]\w*$/, 'after-2.4'],
  [undefined, /^(?:napi|nd_net|netdev_ops|rx_handler|f_path|nsproxy)$/, 'after-2.4'],
  [
    /sk\d?$/,
    /^(?:inuse|back_log|partial|send_head|acked_seq|copied_seq|rcv_ack_seq|window_seq|cong_window|ip_tos|ip_ttl|ip_xmit_timeout|wback)$/,
    'before-2.4',
  ],
  [/sock$/, /^(?:data|conn|iconn)$/, 'before-2.4'],
  [/^(?:current)$/, /^(?:signal|kernel_stack_page)$/, 'before-2.4'],
  [undefined, /^(?:build_header|wmalloc|rmalloc|dummy_th|pa_addr|pa_mask)$/, 'before-2.4'],
  [undefined, /^protinfo$/, '2.4'],
];

/** Of these words 2.4 has variables. */
const functionsOnly = /^(?:\w+_hdr|my_addr)$/;

/** Members that begin like those of later kernels and are of 2.4 as well. */
const common = /^(?:sk_lock|inet_ntoa|inet_addr)$/;

/** The marks of the tokens from one index to another, both included. */
export function eraMarks(tokens: ListingTokens, from: number, to: number): EraMark[] {
  const marks: EraMark[] = [];
  for (let i = from; i <= to && i < tokens.length; i++) {
    if (tokens.kindOf(i) !== Lex.word || !tokens.visible[i]) {
      continue;
    }
    const identifier = tokens.text(i);
    const dot = tokens.is(i - 1, '.');
    const arrow = tokens.is(i - 1, '>') && tokens.is(i - 2, '-');
    const era =
      dot || arrow ? eraOfMember(tokens.text(i - (dot ? 2 : 3)), identifier) : eraOfWord(tokens, i, identifier);
    if (era) {
      marks.push({ era, identifier, token: i });
    }
  }
  return marks;
}

function eraOfMember(base: string, member: string): KernelEra | undefined {
  if (common.test(member)) {
    return undefined;
  }
  return members.find(([before, name]) => name.test(member) && (before?.test(base) ?? true))?.[2];
}

function eraOfWord(tokens: ListingTokens, index: number, word: string): KernelEra | undefined {
  if (/^(?:COMPAT_)?SYSCALL_DEFINE\d$/.test(word)) {
    return 'after-2.4';
  }
  // `struct bio` came with 2.5, `const struct proto_ops` with 2.6, `struct net` with 2.6.24.
  const before = tokens.text(index - 1);
  if (before === 'struct' && (word === 'bio' || word === 'net') && tokens.is(index + 1, '*')) {
    return 'after-2.4';
  }
  if (before === 'struct' && /^(?:proto_ops|net_proto_family|file_operations)$/.test(word)) {
    return tokens.text(index - 2) === 'const' ? 'after-2.4' : undefined;
  }
  if (functionsOnly.test(word) && !tokens.is(index + 1, '(')) {
    return undefined;
  }
  return words['after-2.4'].has(word) ? 'after-2.4' : words['before-2.4'].has(word) ? 'before-2.4' : undefined;
}
